package io.firesteel.cluster.log;

import io.firesteel.redaction.Redaction;
import java.util.List;

/** Splits a log into lines, secrets redacted, without codes for terminals. */
final class LogLines {

  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';

  private LogLines() {}

  /** The lines of a log. A carriage return ends a line too, as progress bars use it. */
  static List<String> of(String log) {
    return Redaction.redact(text(log)).lines().toList();
  }

  /** Codes are removed first, as one could hide the name of a secret. */
  private static String text(String log) {
    StringBuilder text = new StringBuilder(log.length());
    for (int at = 0; at < log.length(); at++) {
      char c = log.charAt(at);
      if (c == ESCAPE) {
        at = escapeEnd(log, at);
      } else if (c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c)) {
        text.append(c);
      }
    }
    return text.toString();
  }

  /**
   * The last character of an escape sequence of ECMA-48. A sequence is short: one that does not end
   * is text.
   */
  private static int escapeEnd(String log, int escape) {
    int limit = Math.min(log.length(), escape + 64);
    char kind = escape + 1 < limit ? log.charAt(escape + 1) : 0;
    if (kind != '[' && kind != ']') {
      return kind >= '@' && kind <= '_' ? escape + 1 : escape;
    }
    for (int at = escape + 2; at < limit; at++) {
      char c = log.charAt(at);
      if (kind == '[' ? c >= '@' && c <= '~' : c == BELL || c == '\\') {
        return at;
      }
      if (kind == '[' && (c < ' ' || c > '?')) {
        return at - 1;
      }
    }
    return escape;
  }
}
