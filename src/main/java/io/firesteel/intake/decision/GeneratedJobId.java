package io.firesteel.intake.decision;

import io.firesteel.intake.request.JobRequest;
import io.firesteel.job.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The id of a job whose request gives none. The same event always gives the same id: the name of
 * its manifest or template, for people, and digits of the SHA-256 of source, NUL and id.
 */
final class GeneratedJobId {

  private static final String NAMELESS = "j";
  private static final int MAX_NAME = 63;

  /** With 64 bits, a million jobs of one name share an id with a probability of 3e-8. */
  private static final int DIGITS = 16;

  private static final int DIGITS_NAMELESS = 20;

  private GeneratedJobId() {}

  static String of(JobRequest request, Origin origin) {
    String name = readable(request.name() == null ? request.template() : request.name());
    return name.isEmpty()
        ? NAMELESS + "-" + digest(origin).substring(0, DIGITS_NAMELESS)
        : name + "-" + digest(origin).substring(0, DIGITS);
  }

  /** Letters, digits, dots and hyphens; those at the ends do not count. */
  private static String readable(@Nullable String name) {
    if (name == null) {
      return "";
    }
    String cut = name.substring(0, Math.min(name.length(), MAX_NAME));
    return cut.replaceAll("[^A-Za-z0-9.]", "-").replaceAll("^[-.]+|(?<![-.])[-.]+$", "");
  }

  private static String digest(Origin origin) {
    try {
      byte[] identity = (origin.source() + "\0" + origin.id()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(identity));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
