package io.firesteel.redaction;

import org.jspecify.annotations.Nullable;

/** Private keys in PEM; one without an end marker extends to the end of the text. */
final class PrivateKeys {

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final int MAX_LABEL_LENGTH = 64;

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
    return end - label <= MAX_LABEL_LENGTH && text.substring(label, end).contains("PRIVATE KEY");
  }
}
