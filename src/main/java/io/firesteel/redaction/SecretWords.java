package io.firesteel.redaction;

import org.jspecify.annotations.Nullable;

/** Words that have the form of a secret, whatever their context. */
final class SecretWords {

  private static final int MIN_RANDOM_LENGTH = 24;
  private static final int MIN_HEADER_LENGTH = 10;
  private static final int ACCESS_KEY_ID_LENGTH = 20;

  private SecretWords() {}

  /** A JSON Web Token; {@code eyJ} is how <code>{"</code> begins in base64. */
  static @Nullable Span webToken(String text, int from) {
    int start = text.indexOf("eyJ", from);
    while (start >= 0) {
      int header = start + 3;
      if (start == 0 || !CharacterClasses.isLetterOrDigit(text.charAt(start - 1))) {
        while (header < text.length() && isBase64Url(text.charAt(header))) {
          header++;
        }
        int end = header - start < MIN_HEADER_LENGTH ? header : tokenEnd(text, header);
        if (end > header) {
          return new Span(start, end);
        }
      }
      start = text.indexOf("eyJ", header);
    }
    return null;
  }

  private static int tokenEnd(String text, int header) {
    int end = header;
    for (int at = header; at < text.length(); at++) {
      if (isBase64Url(text.charAt(at))) {
        end = at + 1;
      } else if (text.charAt(at) != '.') {
        break;
      }
    }
    return end;
  }

  private static boolean isBase64Url(char c) {
    return CharacterClasses.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  /** An AWS access key id. */
  static @Nullable Span accessKeyId(String text, int from) {
    for (int at = from; at + ACCESS_KEY_ID_LENGTH <= text.length(); at++) {
      if (text.startsWith("AKIA", at) || text.startsWith("ASIA", at)) {
        int end = at + 4;
        while (end < at + ACCESS_KEY_ID_LENGTH && isUpperOrDigit(text.charAt(end))) {
          end++;
        }
        if (end == at + ACCESS_KEY_ID_LENGTH && isBoundary(text, at - 1) && isBoundary(text, end)) {
          return new Span(at, end);
        }
      }
    }
    return null;
  }

  private static boolean isUpperOrDigit(char c) {
    return CharacterClasses.isUpper(c) || CharacterClasses.isDigit(c);
  }

  private static boolean isBoundary(String text, int at) {
    return at < 0 || at >= text.length() || !CharacterClasses.isLetterOrDigit(text.charAt(at));
  }

  /** A long word with digits and letters of both cases, unless it is part of a dotted name. */
  static @Nullable Span random(String text, int from) {
    int at = from;
    boolean dotted = false;
    while (at < text.length()) {
      if (isWord(text.charAt(at))) {
        int end = wordEnd(text, at);
        if (!isPartOfName(text, at, end, dotted) && isRandom(text, at, end)) {
          return new Span(at, end);
        }
        at = end;
      } else {
        dotted = text.charAt(at) == '.' || (dotted && text.charAt(at) == '$');
        at++;
      }
    }
    return null;
  }

  /** As in {@code org.example.Job$Step2.run}; the dot at the end of a sentence does not count. */
  private static boolean isPartOfName(String text, int start, int end, boolean dotted) {
    char before = start == 0 ? ' ' : text.charAt(start - 1);
    boolean more =
        end + 1 < text.length()
            && text.charAt(end) == '.'
            && (isWord(text.charAt(end + 1)) || text.charAt(end + 1) == '$');
    return more || before == '.' || (dotted && before == '$');
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isWord(char c) {
    return isBase64Url(c) || c == '+' || c == '/' || c == '=';
  }

  private static boolean isRandom(String text, int start, int end) {
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    for (int at = start; at < end; at++) {
      digit |= CharacterClasses.isDigit(text.charAt(at));
      upper |= CharacterClasses.isUpper(text.charAt(at));
      lower |= CharacterClasses.isLower(text.charAt(at));
    }
    return end - start >= MIN_RANDOM_LENGTH && digit && upper && lower;
  }
}
