package io.firesteel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.job.Sha256;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;

/**
 * The beginning of a value that is too large to be written again, with the length and the digest of
 * the whole value.
 */
public record TruncatedValue(byte[] beginning, int length, String sha256) {

  private static final int KEPT = 64 << 10;
  private static final String LENGTH = "firesteel-cut-from-bytes";
  private static final String DIGEST = "firesteel-cut-from-sha256";

  /** Truncates a value. */
  public static TruncatedValue of(byte[] value) {
    byte[] beginning = Arrays.copyOf(value, Math.min(value.length, KEPT));
    return new TruncatedValue(beginning, value.length, Sha256.of(value));
  }

  /** Adds headers with the length and the digest. */
  public void describe(Headers headers) {
    headers.add(LENGTH, Integer.toString(length).getBytes(UTF_8));
    headers.add(DIGEST, sha256.getBytes(UTF_8));
  }

  /** Whether the value with these headers is already truncated. */
  public static boolean isDescribedBy(Headers headers) {
    return headers.lastHeader(LENGTH) != null;
  }
}
