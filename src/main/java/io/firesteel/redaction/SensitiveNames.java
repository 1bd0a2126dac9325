package io.firesteel.redaction;

import java.util.List;

/** Names whose values are secret: those that Spark redacts, and those of cloud providers. */
final class SensitiveNames {

  /** In lower case; a hyphen matches {@code .}, {@code _}, {@code -}, a space or nothing. */
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

  private static final int MAX_WORD_LENGTH = 14;

  private static final List<String> SIGNED_URL_PARAMETERS =
      List.of("se=", "sv=", "x-amz-", "x-goog-");

  private SensitiveNames() {}

  /** Whether the name contains a sensitive word, or ends one that began before it. */
  static boolean isSensitive(String text, int start, int end) {
    boolean endsOne = start > 0 && text.charAt(start - 1) == ' ' && match(text, start, "key") > 0;
    for (int at = endsOne ? Math.max(0, start - MAX_WORD_LENGTH) : start; at < end; at++) {
      for (String word : WORDS) {
        int wordEnd = match(text, at, word);
        if (wordEnd > start && wordEnd <= end) {
          return true;
        }
      }
    }
    return isSignedUrlParameter(text, start);
  }

  private static boolean isSignedUrlParameter(String text, int start) {
    return match(text, start, "sig=") >= 0
        || (start > 0
            && (text.charAt(start - 1) == '?' || text.charAt(start - 1) == '&')
            && SIGNED_URL_PARAMETERS.stream().anyMatch(name -> match(text, start, name) >= 0));
  }

  /** The end of the word, or -1 if the text does not match. */
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
