package io.firesteel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process has used so far, as Linux tells. */
public record ProcessStats(long pid) {

  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 13;

  /** User and system time. */
  public double cpuSeconds() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    int first = USER_TICKS - 2;
    return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) / TICKS_PER_SECOND;
  }

  /** The most memory it held at once. */
  public long peakMib() {
    return status("VmHWM:");
  }

  /** The memory it holds now. */
  public long residentMib() {
    return status("VmRSS:");
  }

  /** The part of it that no file backs, so that the kernel cannot take it back. */
  public long anonymousMib() {
    return status("RssAnon:");
  }

  private long status(String name) {
    List<String> lines = read("status").lines().filter(line -> line.startsWith(name)).toList();
    return lines.isEmpty() ? -1 : Long.parseLong(lines.getFirst().replaceAll("\\D", "")) >> 10;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("only Linux tells what a process uses", e);
    }
  }
}
