package io.firesteel.json;

/** Makes untrusted text safe for one line of a log, a header or a terminal. */
public final class Printable {

  private Printable() {}

  /** The text with every control, format and unassigned character replaced by a question mark. */
  public static String of(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints().map(c -> isPrintable(c) ? c : '?').forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** The same, cut after so many characters. */
  public static String of(String text, int max) {
    return text.length() <= max ? of(text) : of(text.substring(0, max)) + "…";
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
