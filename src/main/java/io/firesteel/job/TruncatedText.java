package io.firesteel.job;

/**
 * Truncates text so that it fits a number of bytes as a JSON string, with all escapes. Never splits
 * a character.
 */
public final class TruncatedText {

  private static final String MORE = "…";
  private static final int MORE_BYTES = 3;
  private static final int MAX_CHARACTER = 6;
  private static final String SHORT_ESCAPES = "\"\\\b\t\n\f\r";

  private TruncatedText() {}

  /** The beginning of the text, with an ellipsis if it was truncated. */
  public static String beginning(String text, int bytes) {
    if (fits(text, bytes)) {
      return text;
    }
    int end = 0;
    for (int left = bytes - MORE_BYTES; left >= cost(text.charAt(end)); end++) {
      left -= cost(text.charAt(end));
    }
    return text.substring(0, splitsSurrogatePair(text, end) ? end - 1 : end) + MORE;
  }

  /** The end of the text, with an ellipsis if it was truncated. */
  static String end(String text, int bytes) {
    if (fits(text, bytes)) {
      return text;
    }
    int begin = text.length();
    for (int left = bytes - MORE_BYTES; left >= cost(text.charAt(begin - 1)); begin--) {
      left -= cost(text.charAt(begin - 1));
    }
    return MORE + text.substring(splitsSurrogatePair(text, begin) ? begin + 1 : begin);
  }

  private static boolean fits(String text, int bytes) {
    return text.length() <= bytes / MAX_CHARACTER
        || text.chars().mapToLong(c -> cost((char) c)).sum() <= bytes;
  }

  private static boolean splitsSurrogatePair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  /** Jackson writes what does not fit into one char of UTF-16 as two escapes. */
  private static int cost(char c) {
    if (SHORT_ESCAPES.indexOf(c) >= 0) {
      return 2;
    }
    if (c < ' ' || Character.isSurrogate(c)) {
      return MAX_CHARACTER;
    }
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 ? 2 : 3;
  }
}
