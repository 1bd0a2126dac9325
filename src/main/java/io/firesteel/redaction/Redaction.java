package io.firesteel.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks what looks like a secret: values of sensitive names, private keys, credentials in URLs, and
 * words that have the form of a secret. Masks too much rather than too little, but keeps source
 * locations and class names. Takes time linear in the length of any text.
 */
public final class Redaction {

  static final String MASK = "[redacted]";

  /**
   * Finds the first secret from a position on. Called again from the end of each secret; over a
   * whole text, it must read each character a bounded number of times only.
   */
  private interface Rule {
    @Nullable Span next(String text, int from);
  }

  /** A masked word may contain the slash that ended an authority, so URLs are checked twice. */
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

  /** Replaces each secret by {@code [redacted]}; a redacted text stays as it is. */
  public static String redact(String text) {
    String redacted = text;
    for (Rule rule : RULES) {
      redacted = mask(redacted, rule);
    }
    return redacted;
  }

  private static String mask(String text, Rule rule) {
    var masked = new StringBuilder();
    int kept = 0;
    for (Span secret = rule.next(text, 0); secret != null; secret = rule.next(text, kept)) {
      masked.append(text, kept, secret.start()).append(MASK);
      kept = secret.end();
    }
    return kept == 0 ? text : masked.append(text, kept, text.length()).toString();
  }
}
