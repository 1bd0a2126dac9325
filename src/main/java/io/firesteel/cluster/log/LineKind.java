package io.firesteel.cluster.log;

/** What a line of a log is. Each method looks at the beginning of a line only. */
final class LineKind {

  static final String CAUSED_BY = "Caused by: ";
  static final String TRACEBACK = "Traceback (most recent call last):";

  /** Classes are not longer, with their packages. */
  private static final int MAX_CLASS_NAME = 300;

  private LineKind() {}

  /** A call in a Java stack trace, or the line that stands for calls named before. */
  static boolean isJavaFrame(String line) {
    int text = indent(line);
    return text > 0
        && (line.startsWith("at ", text)
            || (line.startsWith("... ", text) && line.length() < 60 + text));
  }

  /** A call in a Python traceback; its source follows on indented lines. */
  static boolean isPythonFrame(String line) {
    return line.startsWith("  File \"");
  }

  static boolean isIndented(String line) {
    return indent(line) > 0;
  }

  private static int indent(String line) {
    int at = 0;
    while (at < line.length() && at < 40 && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  /** A record of Log4j, which begins with a date and a time, or a word of Spark about Log4j. */
  static boolean isRecord(String line) {
    if (line.startsWith("{\"ts\":") || line.startsWith("Using Spark's default log4j profile")) {
      return true;
    }
    int digits = 0;
    int others = 0;
    for (int at = 0; at < Math.min(line.length(), 17); at++) {
      char c = line.charAt(at);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if ("/-:T ,.".indexOf(c) >= 0) {
        others++;
      } else {
        return false;
      }
    }
    return digits >= 12 && others >= 4;
  }

  /** A record of level ERROR or FATAL. */
  static boolean isError(String line) {
    return isRecord(line) && (within(line, " ERROR ") || within(line, " FATAL "));
  }

  private static boolean within(String line, String word) {
    int at = line.indexOf(word, 0, Math.min(line.length(), 60));
    return at >= 0;
  }

  /** The name of a class of Java that could be thrown, perhaps followed by a message. */
  static boolean isThrowable(String line) {
    int end = 0;
    int dots = 0;
    while (end < Math.min(line.length(), MAX_CLASS_NAME) && isNamePart(line.charAt(end))) {
      dots += line.charAt(end) == '.' ? 1 : 0;
      end++;
    }
    boolean alone = end == line.length() || line.startsWith(":", end);
    return dots > 0 && alone && Character.isJavaIdentifierStart(line.charAt(0));
  }

  private static boolean isNamePart(char c) {
    return c == '.' || Character.isJavaIdentifierPart(c);
  }
}
