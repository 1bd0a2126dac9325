package io.firesteel.cluster.log;

import java.util.ArrayList;
import java.util.List;

/** Folds the calls of stack traces: keeps those that tell most, and counts the others. */
final class FoldedTrace {

  /** Runs of calls that are not longer stay as they are. */
  private static final int SHORT = 3;

  private static final List<String> LIBRARIES =
      List.of(
          "java.", "javax.", "jdk.", "sun.", "scala.", "org.apache.", "py4j.", "io.netty.", "...");

  private FoldedTrace() {}

  static List<String> fold(List<String> lines) {
    List<String> folded = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      int end = at;
      while (end < lines.size() && LineKind.isJavaFrame(lines.get(end))) {
        end++;
      }
      if (end > at) {
        java(lines.subList(at, end), folded);
        at = end;
      } else if (LineKind.isPythonFrame(lines.get(at))) {
        end = at;
        while (end < lines.size() && LineKind.isIndented(lines.get(end))) {
          end++;
        }
        python(lines.subList(at, end), folded);
        at = end;
      } else {
        folded.add(lines.get(at++));
      }
    }
    return folded;
  }

  /** Keeps the first call, and the first one of the application's own code. */
  private static void java(List<String> frames, List<String> to) {
    if (frames.size() <= SHORT) {
      to.addAll(frames);
      return;
    }
    to.add(frames.getFirst());
    int own = 0;
    while (own < frames.size() && isLibrary(frames.get(own))) {
      own++;
    }
    int next = 1;
    if (own > 0 && own < frames.size()) {
      omitted("\t", own - next, to);
      to.add(frames.get(own));
      next = own + 1;
    }
    omitted("\t", frames.size() - next, to);
  }

  private static boolean isLibrary(String frame) {
    int start = frame.indexOf("at ");
    if (start < 0) {
      return true;
    }
    // A module's name comes before a slash: java.base/java.lang.Thread.run.
    int end = frame.indexOf('(');
    int slash = end < 0 ? -1 : frame.lastIndexOf('/', end);
    int name = slash > start ? slash + 1 : start + 3;
    return LIBRARIES.stream().anyMatch(library -> frame.startsWith(library, name));
  }

  /** Keeps the last two calls. */
  private static void python(List<String> lines, List<String> to) {
    List<Integer> calls = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (LineKind.isPythonFrame(lines.get(at))) {
        calls.add(at);
      }
    }
    if (calls.size() <= SHORT) {
      to.addAll(lines);
      return;
    }
    omitted("  ", calls.size() - 2, to);
    to.addAll(lines.subList(calls.get(calls.size() - 2), lines.size()));
  }

  private static void omitted(String indent, int frames, List<String> to) {
    if (frames > 0) {
      to.add("%s… %d %s".formatted(indent, frames, frames == 1 ? "frame" : "frames"));
    }
  }
}
