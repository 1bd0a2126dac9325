package io.firesteel.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a text what looks like a secret: values beside a telling name, private keys,
 * credentials in URLs, and words that are secrets by their form. Rather too much than too little,
 * but places in source files and names of classes stay. The time it needs grows with the length of
 * the text and no faster, whatever the text is.
 */
public final class Redaction {

  static final String MASK = "[redacted]";

  /**
   * Finds the first secret at or after a place; is asked again from the end of what it found. Over
   * a whole text it must not read a character more often than some fixed number of times.
   */
  private interface Rule {
    @Nullable Span next(String text, int from);
  }

  /** A masked word may have held the slash that ended an authority, so URLs come once more. */
  private static final List<Rule> RULES =
      List.of(
          PrivateKeys::next,
          UrlPasswords::next,
          NamedValues::next,
          SecretWords::webToken,
          SecretWords::accessKeyId,
          SecretWords::random,
          UrlPasswords::next);

  private Redaction() {}

  /** The text with {@code [redacted]} in place of each secret; what was redacted stays as it is. */
  public static String redact(String text) {
    String redacted = text;
    for (Rule rule : RULES) {
      redacted = masked(redacted, rule);
    }
    return redacted;
  }

  private static String masked(String text, Rule rule) {
    var masked = new StringBuilder();
    int kept = 0;
    for (Span secret = rule.next(text, 0); secret != null; secret = rule.next(text, kept)) {
      masked.append(text, kept, secret.start()).append(MASK);
      kept = secret.end();
    }
    return kept == 0 ? text : masked.append(text, kept, text.length()).toString();
  }
}
