package io.firesteel.redaction;

import org.jspecify.annotations.Nullable;

/** Words that are secrets by their form, whatever stands beside them. */
final class SecretWords {

  private static final int SHORTEST_RANDOM = 24;
  private static final int SHORTEST_HEADER = 10;
  private static final int ACCESS_KEY_ID = 20;

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
        int end = header - start < SHORTEST_HEADER ? header : tokenEnd(text, header);
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

  /** The id of an AWS access key. */
  static @Nullable Span accessKeyId(String text, int from) {
    for (int at = from; at + ACCESS_KEY_ID <= text.length(); at++) {
      if (text.startsWith("AKIA", at) || text.startsWith("ASIA", at)) {
        int end = at + 4;
        while (end < at + ACCESS_KEY_ID && isUpperOrDigit(text.charAt(end))) {
          end++;
        }
        if (end == at + ACCESS_KEY_ID && isApart(text, at - 1) && isApart(text, end)) {
          return new Span(at, end);
        }
      }
    }
    return null;
  }

  private static boolean isUpperOrDigit(char c) {
    return CharacterClasses.isUpper(c) || CharacterClasses.isDigit(c);
  }

  private static boolean isApart(String text, int at) {
    return at < 0 || at >= text.length() || !CharacterClasses.isLetterOrDigit(text.charAt(at));
  }

  /** A long word of digits and of letters of both cases that is no part of a dotted name. */
  static @Nullable Span random(String text, int from) {
    int at = from;
    boolean dotted = false;
    while (at < text.length()) {
      if (isWord(text.charAt(at))) {
        int end = wordEnd(text, at);
        if (!isOfAName(text, at, end, dotted) && isRandom(text, at, end)) {
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

  /** As in {@code org.example.Job$Step2.run}; a dot at the end of a sentence makes no name. */
  private static boolean isOfAName(String text, int start, int end, boolean dotted) {
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
    return end - start >= SHORTEST_RANDOM && digit && upper && lower;
  }
}
