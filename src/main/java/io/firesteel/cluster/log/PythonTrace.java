package io.firesteel.cluster.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads tracebacks of Python: the message of the exception, where it was raised, and the exception
 * that it follows from.
 */
final class PythonTrace {

  private static final String DIRECT_CAUSE = "The above exception was the direct cause";
  private static final String DURING = "During handling of the above exception";

  private static final List<String> LIBRARIES =
      List.of("/site-packages/", "/dist-packages/", "/pyspark/", "/pyspark.zip/", "-src.zip/py4j/");

  private PythonTrace() {}

  /** Reads the traceback that begins at a line, and those that are chained to it. */
  static FoundCause read(List<String> lines, int start) {
    List<String> earlier = List.of();
    int at = start;
    while (true) {
      int message = callsEnd(lines, at + 1);
      List<String> cause = new ArrayList<>();
      int end = exception(lines, at, message, cause);
      int next = chained(lines, end);
      if (next < 0) {
        cause.addAll(earlier);
        return new FoundCause(new FailureCause(cause, true), start, end);
      }
      earlier = earlier(lines, next, cause.getFirst());
      at = next;
    }
  }

  private static List<String> earlier(List<String> lines, int next, String message) {
    boolean direct = false;
    for (int at = Math.max(0, next - 3); at < next; at++) {
      direct |= lines.get(at).startsWith(DIRECT_CAUSE);
    }
    return List.of((direct ? LineKind.CAUSED_BY : "While handling: ") + message);
  }

  private static int callsEnd(List<String> lines, int from) {
    int at = from;
    while (at < lines.size() && LineKind.isIndented(lines.get(at))) {
      at++;
    }
    return at;
  }

  private static int exception(List<String> lines, int start, int message, List<String> cause) {
    if (message >= lines.size()) {
      cause.add("A Python exception whose message the log does not contain");
      add(lastCall(lines, start, message), cause);
      return message;
    }
    String headline = lines.get(message);
    int next = message + 1;
    if (next < lines.size() && lines.get(next).startsWith(": ")) {
      // Py4J: the traceback of Python goes on with the stack trace of Java.
      FoundCause java = JavaTrace.read(lines, next, lines.get(next).substring(2), true);
      String call =
          headline.endsWith(".") ? headline.substring(0, headline.length() - 1) : headline;
      cause.add(JavaTrace.cut(call + ": " + java.cause().lines().getFirst()));
      add(lastCall(lines, start, message), cause);
      cause.addAll(java.cause().lines().subList(1, java.cause().lines().size()));
      return java.end();
    }
    List<String> text = new ArrayList<>();
    int end = JavaTrace.message(lines, message, headline, text);
    cause.add(text.getFirst());
    add(lastCall(lines, start, message), cause);
    cause.addAll(text.subList(1, text.size()));
    return end;
  }

  private static void add(@Nullable String call, List<String> cause) {
    if (call != null) {
      cause.add(JavaTrace.cut(call));
    }
  }

  /** Where the exception was raised: the last call outside of libraries, or the last one. */
  static @Nullable String lastCall(List<String> lines, int from, int to) {
    String last = null;
    for (int at = to - 1; at >= from; at--) {
      String line = lines.get(at);
      if (LineKind.isPythonFrame(line)) {
        if (LIBRARIES.stream().noneMatch(line::contains)) {
          return line;
        }
        last = last == null ? line : last;
      }
    }
    return last;
  }

  /** The traceback that the sentence between two of them announces; -1 if there is none. */
  private static int chained(List<String> lines, int end) {
    boolean announced = false;
    for (int at = end; at < Math.min(lines.size(), end + 4); at++) {
      String line = lines.get(at);
      announced |= line.startsWith(DIRECT_CAUSE) || line.startsWith(DURING);
      if (announced && line.startsWith(LineKind.TRACEBACK)) {
        return at;
      }
    }
    return -1;
  }
}
