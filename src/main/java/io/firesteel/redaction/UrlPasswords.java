package io.firesteel.redaction;

import org.jspecify.annotations.Nullable;

/** The password of {@code scheme://user:password@host}. */
final class UrlPasswords {

  private static final String SCHEME_END = "://";

  private UrlPasswords() {}

  static @Nullable Span next(String text, int from) {
    int schemeEnd = text.indexOf(SCHEME_END, from);
    while (schemeEnd >= 0) {
      int end = schemeEnd + SCHEME_END.length();
      int colon = -1;
      int at = -1;
      for (; end < text.length() && isAuthority(text.charAt(end)); end++) {
        if (text.charAt(end) == ':' && colon < 0) {
          colon = end;
        } else if (text.charAt(end) == '@') {
          at = end;
        }
      }
      boolean scheme =
          schemeEnd > 0 && CharacterClasses.isLetterOrDigit(text.charAt(schemeEnd - 1));
      if (scheme && colon >= 0 && colon + 1 < at) {
        return new Span(colon + 1, at);
      }
      schemeEnd = text.indexOf(SCHEME_END, end);
    }
    return null;
  }

  private static boolean isAuthority(char c) {
    return c != '/' && c != '"' && !CharacterClasses.isSpace(c);
  }
}
