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
 * What {@code /proc} says about the processes of this machine. A container's processes are those of
 * its session, however many children they make. On a machine without {@code /proc} the table is
 * empty: nothing is found, nobody is killed for his memory.
 */
public final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /** In {@code /proc/<pid>/stat}, counted after the command's closing bracket. */
  private static final int SESSION = 3;

  private ProcessTable() {}

  /**
   * Bytes that each session holds and cannot give back, as a cgroup counts against its limit:
   * anonymous and shared memory, not pages of files, such as jars and shared classes.
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

  /**
   * The processes that were started with this variable set to a value that begins so, and all their
   * children.
   */
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

  /**
   * A process may end while one looks at it, and another user's is none of our business: both read
   * as nothing.
   */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
