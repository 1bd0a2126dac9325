package io.firesteel.redaction;

import org.jspecify.annotations.Nullable;

/** Private keys as PEM writes them; one without an end goes on to the end of the text. */
final class PrivateKeys {

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final int LONGEST_LABEL = 64;

  private PrivateKeys() {}

  static @Nullable Span next(String text, int from) {
    int begin = text.indexOf(BEGIN, from);
    while (begin >= 0) {
      int label = begin + BEGIN.length();
      int dashes = text.indexOf(DASHES, label);
      if (dashes < 0) {
        return null;
      }
      int key = dashes + DASHES.length();
      if (isPrivateKey(text, label, dashes)) {
        int end = text.indexOf("-----END", key);
        return key == text.length() ? null : new Span(key, end < 0 ? text.length() : end);
      }
      begin = text.indexOf(BEGIN, dashes);
    }
    return null;
  }

  private static boolean isPrivateKey(String text, int label, int end) {
    return end - label <= LONGEST_LABEL && text.substring(label, end).contains("PRIVATE KEY");
  }
}
