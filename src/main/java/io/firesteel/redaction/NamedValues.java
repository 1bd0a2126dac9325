package io.firesteel.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values beside a telling name: {@code name=value}, {@code "name": "value"}, {@code --name value}.
 */
final class NamedValues {

  private static final List<String> SCHEMES =
      List.of("bearer", "basic", "digest", "negotiate", "token", "apikey", "sharedkey");
  private static final List<String> SOURCES =
      List.of(".java", ".scala", ".kt", ".groovy", ".clj", ".py", ".R", ".jar");
  private static final int MOST_CLOSERS = 8;
  private static final int LONGEST_STRUCTURE = 1024;

  private NamedValues() {}

  static @Nullable Span next(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (!CharacterClasses.isName(text.charAt(at))) {
        at++;
        continue;
      }
      int end = CharacterClasses.nameEnd(text, at);
      Span value = SensitiveNames.isTelling(text, at, end) ? value(text, at, end) : null;
      if (value != null) {
        return value;
      }
      at = end;
    }
    return null;
  }

  private static @Nullable Span value(String text, int name, int nameEnd) {
    int separated = afterSeparator(text, name, nameEnd);
    if (separated < 0 || isPlaceInSource(text, nameEnd)) {
      return null;
    }
    int start = afterScheme(text, separated);
    if (text.startsWith(Redaction.MASK, start)) {
      return new Span(start, start + Redaction.MASK.length());
    }
    int quote = start;
    while (quote < text.length() && text.charAt(quote) == '\\') {
      quote++;
    }
    if (quote < text.length() && CharacterClasses.isQuote(text.charAt(quote))) {
      return quoted(text, quote, quote - start);
    }
    if (start < text.length() && opens(text.charAt(start))) {
      return structure(text, start);
    }
    int end = plainEnd(text, start);
    return end == start || isNextName(text, start, end) ? null : new Span(start, end);
  }

  /** Where the value begins, or -1 if the name has none. */
  private static int afterSeparator(String text, int name, int nameEnd) {
    int closed = nameEnd;
    while (closed < Math.min(text.length(), nameEnd + MOST_CLOSERS)
        && "\\\"']".indexOf(text.charAt(closed)) >= 0) {
      closed++;
    }
    int start = CharacterClasses.skipSpaces(text, closed);
    int end = start;
    while (end < text.length()
        && (CharacterClasses.isSeparator(text.charAt(end))
            || (end > start && text.charAt(end) == '>'))) {
      end++;
    }
    if (end > start) {
      return CharacterClasses.skipSpaces(text, end);
    }
    boolean spaced = start > closed && start < text.length() && text.charAt(start) != '-';
    return spaced && isOption(text, name) ? start : -1;
  }

  private static boolean isOption(String text, int name) {
    char before = name == 0 ? ' ' : text.charAt(name - 1);
    return text.startsWith("--", name)
        && (CharacterClasses.isSpace(before) || CharacterClasses.isQuote(before));
  }

  /** A line, as in {@code Credentials.java:42}, or a version, as in {@code tokens.jar:4.1.1}. */
  private static boolean isPlaceInSource(String text, int nameEnd) {
    if (text.charAt(nameEnd) != ':') {
      return false;
    }
    int start = nameEnd + 1;
    int end = start;
    while (end < text.length()
        && (CharacterClasses.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    return end > start
        && (end == text.length() || !CharacterClasses.isName(text.charAt(end)))
        && SOURCES.stream().anyMatch(source -> text.startsWith(source, nameEnd - source.length()));
  }

  /** Past the {@code Bearer} of {@code Authorization: Bearer …}. */
  private static int afterScheme(String text, int start) {
    for (String scheme : SCHEMES) {
      if (text.regionMatches(true, start, scheme, 0, scheme.length())) {
        int end = start + scheme.length();
        int value = CharacterClasses.skipSpaces(text, end);
        boolean alone = value == text.length() || CharacterClasses.isSeparator(text.charAt(value));
        return value == end || alone ? start : value;
      }
    }
    return start;
  }

  /**
   * Up to the quote that closes it, or to the end of the line.
   *
   * @param depth the backslashes before the opening quote; as many stand before the closing one
   */
  private static @Nullable Span quoted(String text, int quote, int depth) {
    int slashes = 0;
    int at = quote + 1;
    for (; at < text.length() && !CharacterClasses.isLineBreak(text.charAt(at)); at++) {
      if (text.charAt(at) == text.charAt(quote) && slashes <= depth) {
        at -= slashes;
        break;
      }
      slashes = text.charAt(at) == '\\' ? slashes + 1 : 0;
    }
    return at == quote + 1 ? null : new Span(quote + 1, at);
  }

  private static boolean opens(char c) {
    return c == '[' || c == '{';
  }

  private static boolean closes(char c) {
    return c == ']' || c == '}';
  }

  /**
   * Up to the bracket that closes it; when that is not near, up to the end of the line, unless
   * nothing else stands there.
   */
  private static @Nullable Span structure(String text, int start) {
    int depth = 0;
    boolean inQuotes = false;
    int limit = Math.min(text.length(), start + LONGEST_STRUCTURE);
    for (int at = start; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '"' && text.charAt(at - 1) != '\\') {
        inQuotes = !inQuotes;
      } else if (!inQuotes && opens(c)) {
        depth++;
      } else if (!inQuotes && closes(c) && --depth == 0) {
        return new Span(start, plainEnd(text, at + 1));
      }
    }
    int end = start + 1;
    while (end < text.length() && !CharacterClasses.isLineBreak(text.charAt(end))) {
      end++;
    }
    return text.substring(start + 1, end).isBlank() ? null : new Span(start, end);
  }

  private static int plainEnd(String text, int start) {
    int end = start;
    while (end < text.length()
        && !CharacterClasses.isSpace(text.charAt(end))
        && "\"',;&}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Whether what looks like a value is a telling name itself: {@code credentials: token: x}. */
  private static boolean isNextName(String text, int start, int end) {
    int nameEnd = CharacterClasses.nameEnd(text, start);
    return nameEnd > start
        && SensitiveNames.isTelling(text, start, nameEnd)
        && afterSeparator(text, start, nameEnd) >= end;
  }
}
