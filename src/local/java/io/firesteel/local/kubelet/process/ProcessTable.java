package io.firesteel.local.kubelet.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of this machine, from {@code /proc}; without {@code /proc}, the table is empty. The
 * processes of a container are those of its session.
 */
public final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /** The index in {@code /proc/<pid>/stat} after the closing bracket of the command. */
  private static final int SESSION = 3;

  private ProcessTable() {}

  /**
   * The anonymous and shared memory of each session in bytes, which a cgroup counts against its
   * limit; not pages of files.
   */
  public static Map<Long, Long> memoryBySession(Set<Long> sessions) {
    var memory = new HashMap<Long, Long>();
    for (var folder : processes()) {
      var session = session(folder);
      if (session.isPresent() && sessions.contains(session.getAsLong())) {
        memory.merge(session.getAsLong(), memoryOf(folder), Long::sum);
      }
    }
    return memory;
  }

  /** The processes with a variable whose value has this prefix, and their children. */
  public static Set<Long> withEnvironment(String name, String value) {
    var wanted = name + "=" + value;
    return processes().stream()
        .filter(folder -> environment(folder).anyMatch(entry -> entry.startsWith(wanted)))
        .map(folder -> Long.parseLong(folder.getFileName().toString()))
        .collect(Collectors.toSet());
  }

  private static List<Path> processes() {
    try (var folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      var found = new ArrayList<Path>();
      folders.forEach(found::add);
      return found;
    } catch (IOException _) {
      return List.of();
    }
  }

  private static OptionalLong session(Path folder) {
    var stat = read(folder.resolve("stat"));
    var bracket = stat.lastIndexOf(')');
    return bracket < 0
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(stat.substring(bracket + 2).split(" ", -1)[SESSION]));
  }

  private static long memoryOf(Path folder) {
    return read(folder.resolve("status"))
        .lines()
        .filter(line -> line.startsWith("RssAnon:") || line.startsWith("RssShmem:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .sum();
  }

  private static Stream<String> environment(Path folder) {
    return Stream.of(read(folder.resolve("environ")).split("\0", -1));
  }

  /** Returns an empty text for processes that have ended or belong to another user. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
