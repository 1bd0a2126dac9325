package io.firesteel.redaction;

/** Classes of characters, and scans over them. */
final class CharacterClasses {

  private CharacterClasses() {}

  /** Part of a name. Any character beyond ASCII counts, except spaces and separators. */
  static boolean isName(char c) {
    return c < 128
        ? isLetterOrDigit(c) || c == '_' || c == '.' || c == '-'
        : !isSpace(c) && !isSeparator(c);
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Between a name and its value; also full-width. */
  static boolean isSeparator(char c) {
    return c == '=' || c == ':' || c == '\uff1d' || c == '\uff1a';
  }

  static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** ASCII only. */
  static boolean isLetterOrDigit(char c) {
    return isDigit(c) || isUpper(c) || isLower(c);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  static int nameEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isName(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
