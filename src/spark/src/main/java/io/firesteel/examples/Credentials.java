package io.firesteel.examples;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Proves that a process was given the credentials that the input storage expects, as a cloud's
 * storage would: the input root holds the SHA-256 of {@code APP_ID:TENANT_ID:APP_SECRET}, and a
 * process whose environment does not hash to it is turned away. The values themselves are never
 * printed, kept or sent.
 */
final class Credentials implements Serializable {

  private static final long serialVersionUID = 1;

  /** Where the storage says which credentials it takes: one line of hexadecimal digits. */
  static final String EXPECTED = ".credentials.sha256";

  private final String expected;

  private Credentials(String expected) {
    this.expected = expected;
  }

  static Credentials expectedBy(String inputRoot, Configuration hadoop) throws IOException {
    var file = new Path(inputRoot, EXPECTED);
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      return new Credentials(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
  }

  /** Runs in the driver and in every task: each process was given its own environment. */
  void check(Map<String, String> environment, String who) {
    var secret = value(environment, "APP_ID", who) + ':' + value(environment, "TENANT_ID", who);
    if (!sha256(secret + ':' + value(environment, "APP_SECRET", who)).equalsIgnoreCase(expected)) {
      throw new IllegalStateException(
          "The storage refuses the credentials of the "
              + who
              + ": APP_ID, TENANT_ID and APP_SECRET are set, but are not"
              + " the ones that "
              + EXPECTED
              + " in the input root stands for");
    }
  }

  private static String value(Map<String, String> environment, String name, String who) {
    var value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException(
          "The "
              + who
              + " has no "
              + name
              + " in its environment: give it one with a secretKeyRef");
    }
    return value;
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
