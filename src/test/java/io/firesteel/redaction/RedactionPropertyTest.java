package io.firesteel.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class RedactionPropertyTest {

  /** Pieces that mean something to the scanner. */
  private static final String[] MEANINGFUL = {
    "token",
    "secret",
    "key",
    "access",
    "sig",
    "Bearer ",
    "=",
    ":",
    "=>",
    "\"",
    "'",
    "\\",
    "[",
    "]",
    "{",
    "}",
    "://",
    "@",
    "/",
    "?",
    "&",
    "$",
    ".",
    " ",
    "\n",
    "--",
    "eyJhbGciOiJ",
    "AKIAIOSFODNN7EXAMPLE",
    "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    ".java",
    "42",
    "[redacted]",
    "é",
    "🔑",
    ",",
    ";",
    "x"
  };

  private static final String[] TELLING = {
    "secret",
    "password",
    "passwd",
    "passphrase",
    "token",
    "access-key",
    "accountKey",
    "api_key",
    "credential",
    "Authorization",
    "signature",
    "private.key",
    "shared.key",
    "cookie"
  };

  @Property
  void redactingTwiceEqualsRedactingOnce(@ForAll("hostile") String text) {
    String once = Redaction.redact(text);

    assertThat(Redaction.redact(once)).isEqualTo(once);
  }

  @Property
  void masksEveryValueOfASensitiveName(
      @ForAll("harmless") String before,
      @ForAll("names") String name,
      @ForAll("secrets") String secret,
      @ForAll("harmless") String after) {
    for (String form :
        new String[] {
          "%s=%s",
          "%s: %s",
          "%s => %s",
          "\"%s\":\"%s\"",
          "'%s' = '%s'",
          "--%s %s",
          "%s: Bearer %s",
          "%s:\n  %s",
          "{\\\"%s\\\":\\\"%s\\\"}",
          "%s=[%s]"
        }) {
      String text = before + "\n" + form.formatted(name, secret) + "\n" + after;

      assertThat(Redaction.redact(text)).doesNotContain(secret);
    }
  }

  @Property
  void keepsTextWithoutSecrets(@ForAll("harmless") String text) {
    assertThat(Redaction.redact(text)).isEqualTo(text);
  }

  /** Many pieces that mean something to the scanner, in any order. */
  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.strings().ascii().ofMaxLength(5)),
            Tuple.of(3, Arbitraries.of(MEANINGFUL)))
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> names() {
    var around = Arbitraries.strings().withChars("abcxyzABC019_-.é").ofMaxLength(8);
    return Combinators.combine(around, Arbitraries.of(TELLING), Arbitraries.of(0, 1, 2), around)
        .as((before, name, casing, after) ->
            before
                + switch (casing) {
                  case 0 -> name;
                  case 1 -> name.toUpperCase(Locale.ROOT);
                  default -> name.toLowerCase(Locale.ROOT);
                }
                + after);
  }

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings()
        .withChars("bdfghlmnqruvwxzBDFGHLMNQRUVWXZ0123456789!#$%^*+/~_.?@é")
        .ofMinLength(12)
        .ofMaxLength(40);
  }

  /** No sensitive word and no URL fits into these letters, and no word is long and random. */
  @Provide
  Arbitrary<String> harmless() {
    return Arbitraries.strings()
        .withChars("bdfghlmnqruvwxz0123456789 \n\t.,;:=&?'\"{}[]()/$_-éß🔑".toCharArray())
        .ofMaxLength(200);
  }
}
