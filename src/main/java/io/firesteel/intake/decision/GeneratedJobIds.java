package io.firesteel.intake.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.job.Origin;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of jobs whose requester names none: the same event always gives the same id. */
final class GeneratedJobIds {

  private static final int HEX_DIGITS = 20;

  private GeneratedJobIds() {}

  /** {@code j-} and 20 hexadecimal digits of the SHA-256 of source, NUL and id. */
  static String of(Origin origin) {
    try {
      byte[] identity = (origin.source() + "\0" + origin.id()).getBytes(UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity);
      return "j-" + HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
