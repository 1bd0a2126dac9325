package io.firesteel.cluster.log;

import java.util.ArrayList;
import java.util.List;

/** Reads a Java stack trace: the exception and its causes, without the calls. */
final class JavaTrace {

  private static final int MAX_LINE = 1000;
  private static final int MAX_MESSAGE_LINES = 6;
  private static final int MAX_GAP = 20;

  /** Of more causes, the first and the last ones. */
  private static final int MAX_FIRST_CAUSES = 2;

  private static final int MAX_LAST_CAUSES = 4;

  private JavaTrace() {}

  /** Whether the exception of a driver only says that its Python or R program failed. */
  static boolean isForeign(String headline) {
    return headline.startsWith("org.apache.spark.SparkUserAppException");
  }

  /**
   * Reads the trace that begins at a line.
   *
   * @param headline that line without a prefix
   */
  static FoundCause read(List<String> lines, int start, String headline, boolean decisive) {
    List<String> cause = new ArrayList<>();
    int at = toCalls(lines, message(lines, start, headline, cause));
    List<String> causes = new ArrayList<>();
    while (at < lines.size() && isPart(lines.get(at))) {
      if (lines.get(at).startsWith(LineKind.CAUSED_BY)) {
        List<String> message = new ArrayList<>();
        at = toCalls(lines, message(lines, at, lines.get(at), message));
        causes.add(message.getFirst());
      } else {
        at++;
      }
    }
    addCauses(causes, cause);
    return new FoundCause(new FailureCause(cause, decisive), start, at);
  }

  private static boolean isPart(String line) {
    return line.isEmpty()
        || LineKind.isIndented(line)
        || line.startsWith(LineKind.CAUSED_BY)
        || line.startsWith("Driver stacktrace:");
  }

  /** The index of the calls, if they follow the message soon: it may have blank lines. */
  private static int toCalls(List<String> lines, int from) {
    for (int at = from; at < Math.min(lines.size(), from + MAX_GAP); at++) {
      if (LineKind.isJavaFrame(lines.get(at))) {
        return at;
      }
      if (startsAnother(lines.get(at))) {
        break;
      }
    }
    return from;
  }

  private static boolean startsAnother(String line) {
    return LineKind.isRecord(line)
        || line.startsWith("Exception in thread \"")
        || line.startsWith(LineKind.TRACEBACK)
        || LineKind.isThrowable(line);
  }

  /** Adds an exception's message, which may have several lines; returns the index after it. */
  static int message(List<String> lines, int start, String headline, List<String> to) {
    String first = headline;
    int at = start + 1;
    if (first.stripTrailing().endsWith(":") && at < lines.size() && isText(lines.get(at))) {
      first = first.stripTrailing() + " " + lines.get(at++).strip();
    }
    to.add(cut(first));
    for (int count = 1; at < lines.size() && isText(lines.get(at)); at++, count++) {
      if (count < MAX_MESSAGE_LINES) {
        to.add(cut(lines.get(at)));
      }
    }
    return at;
  }

  private static boolean isText(String line) {
    return !line.isBlank()
        && !LineKind.isJavaFrame(line)
        && !line.startsWith(LineKind.CAUSED_BY)
        && !line.startsWith("Driver stacktrace:")
        && !startsAnother(line);
  }

  private static void addCauses(List<String> causes, List<String> to) {
    int last = Math.max(0, causes.size() - MAX_LAST_CAUSES);
    int first = Math.min(last, MAX_FIRST_CAUSES);
    to.addAll(causes.subList(0, first));
    if (last > first) {
      to.add("… %d more causes".formatted(last - first));
    }
    to.addAll(causes.subList(last, causes.size()));
  }

  static String cut(String line) {
    return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…";
  }
}
