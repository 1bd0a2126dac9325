package io.firesteel.redaction;

import java.util.List;

/** Which names say that their value is a secret: Spark's own choice, and what clouds add. */
final class SensitiveNames {

  /** In lower case; a hyphen stands for one of {@code .}, {@code _}, {@code -}, a blank or none. */
  private static final List<String> WORDS =
      List.of(
          "secret",
          "password",
          "passwd",
          "passphrase",
          "token",
          "access-key",
          "account-key",
          "api-key",
          "private-key",
          "shared-key",
          "encryption-key",
          "credential",
          "authorization",
          "signature",
          "cookie");

  private static final int LONGEST = 14;

  /** Parameters of signed URLs. */
  private static final List<String> SIGNED = List.of("se=", "sv=", "x-amz-", "x-goog-");

  private SensitiveNames() {}

  /** Whether the name from one place to another holds a telling word, or ends one. */
  static boolean isTelling(String text, int start, int end) {
    boolean endsOne = start > 0 && text.charAt(start - 1) == ' ' && match(text, start, "key") > 0;
    for (int at = endsOne ? Math.max(0, start - LONGEST) : start; at < end; at++) {
      for (String word : WORDS) {
        int wordEnd = match(text, at, word);
        if (wordEnd > start && wordEnd <= end) {
          return true;
        }
      }
    }
    return isOfSignedUrl(text, start);
  }

  private static boolean isOfSignedUrl(String text, int start) {
    return match(text, start, "sig=") >= 0
        || (start > 0
            && (text.charAt(start - 1) == '?' || text.charAt(start - 1) == '&')
            && SIGNED.stream().anyMatch(name -> match(text, start, name) >= 0));
  }

  /** Where the word ends, or -1. */
  private static int match(String text, int start, String word) {
    int at = start;
    for (int i = 0; i < word.length(); i++) {
      char wanted = word.charAt(i);
      char found = at < text.length() ? Character.toLowerCase(text.charAt(at)) : 0;
      if (wanted == '-') {
        at += "._- ".indexOf(found) >= 0 ? 1 : 0;
      } else if (wanted == found) {
        at++;
      } else {
        return -1;
      }
    }
    return at;
  }
}
