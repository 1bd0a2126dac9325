package io.firesteel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;

/**
 * The beginning of a record's value that is too large to be written again, and what tells the whole
 * of it: its length and its digest.
 */
public record TruncatedValue(byte[] beginning, int length, String sha256) {

  private static final int KEPT = 64 << 10;
  private static final String LENGTH = "firesteel-cut-from-bytes";
  private static final String DIGEST = "firesteel-cut-from-sha256";

  /** Cuts a value. */
  public static TruncatedValue of(byte[] value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
      return new TruncatedValue(
          Arrays.copyOf(value, Math.min(value.length, KEPT)),
          value.length,
          HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Says in headers what was cut. */
  public void describe(Headers headers) {
    headers.add(LENGTH, Integer.toString(length).getBytes(UTF_8));
    headers.add(DIGEST, sha256.getBytes(UTF_8));
  }

  /** Whether headers say that their value is cut already. */
  public static boolean isDescribedBy(Headers headers) {
    return headers.lastHeader(LENGTH) != null;
  }
}
