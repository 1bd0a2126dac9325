package io.firesteel.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of sensitive names: {@code name=value}, {@code "name": "value"}, {@code --name value}. */
final class NamedValues {

  private static final List<String> SCHEMES =
      List.of("bearer", "basic", "digest", "negotiate", "token", "apikey", "sharedkey");
  private static final List<String> SOURCES =
      List.of(".java", ".scala", ".kt", ".groovy", ".clj", ".py", ".R", ".jar");
  private static final int MAX_CLOSERS = 8;
  private static final int MAX_STRUCTURE_LENGTH = 1024;

  private NamedValues() {}

  static @Nullable Span next(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (!CharacterClasses.isName(text.charAt(at))) {
        at++;
        continue;
      }
      int end = CharacterClasses.nameEnd(text, at);
      Span value = SensitiveNames.isSensitive(text, at, end) ? value(text, at, end) : null;
      if (value != null) {
        return value;
      }
      at = end;
    }
    return null;
  }

  private static @Nullable Span value(String text, int name, int nameEnd) {
    int separated = afterSeparator(text, name, nameEnd);
    if (separated < 0 || isSourceLocation(text, nameEnd)) {
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

  /** The start of the value, or -1 if the name has none. */
  private static int afterSeparator(String text, int name, int nameEnd) {
    int closed = nameEnd;
    while (closed < Math.min(text.length(), nameEnd + MAX_CLOSERS)
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

  /** A line as in {@code Credentials.java:42}, or a version as in {@code tokens.jar:4.1.1}. */
  private static boolean isSourceLocation(String text, int nameEnd) {
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

  /** Skips the {@code Bearer} of {@code Authorization: Bearer …}. */
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
   * The text up to the closing quote, or to the end of the line.
   *
   * @param depth the number of backslashes before the opening quote, and before the closing one
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
   * The text up to the closing bracket. If that is too far away, the rest of the line; null if that
   * is blank.
   */
  private static @Nullable Span structure(String text, int start) {
    int depth = 0;
    boolean inQuotes = false;
    int limit = Math.min(text.length(), start + MAX_STRUCTURE_LENGTH);
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

  /** Whether the value is itself a sensitive name, as in {@code credentials: token: x}. */
  private static boolean isNextName(String text, int start, int end) {
    int nameEnd = CharacterClasses.nameEnd(text, start);
    return nameEnd > start
        && SensitiveNames.isSensitive(text, start, nameEnd)
        && afterSeparator(text, start, nameEnd) >= end;
  }
}
