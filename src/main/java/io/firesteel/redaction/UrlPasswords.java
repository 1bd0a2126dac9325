package io.firesteel.redaction;

import org.jspecify.annotations.Nullable;

/** The password of {@code scheme://user:password@host}. */
final class UrlPasswords {

  private static final String MARK = "://";

  private UrlPasswords() {}

  static @Nullable Span next(String text, int from) {
    int mark = text.indexOf(MARK, from);
    while (mark >= 0) {
      int end = mark + MARK.length();
      int colon = -1;
      int at = -1;
      for (; end < text.length() && isAuthority(text.charAt(end)); end++) {
        if (text.charAt(end) == ':' && colon < 0) {
          colon = end;
        } else if (text.charAt(end) == '@') {
          at = end;
        }
      }
      boolean scheme = mark > 0 && CharacterClasses.isLetterOrDigit(text.charAt(mark - 1));
      if (scheme && colon >= 0 && colon + 1 < at) {
        return new Span(colon + 1, at);
      }
      mark = text.indexOf(MARK, end);
    }
    return null;
  }

  private static boolean isAuthority(char c) {
    return c != '/' && c != '"' && !CharacterClasses.isSpace(c);
  }
}
