package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.redaction.Redaction;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Copies a log line by line with secrets redacted, up to a bound; never nothing. For one log and
 * one thread.
 */
final class LogCopy {

  static final int MAX_LINE = 64 << 10;
  static final long MAX_BYTES = 32L << 20;
  private static final Duration MAX_TIME = Duration.ofHours(6);
  private static final String KEY_BEGINS = "-----BEGIN ";
  private static final String KEY_ENDS = "-----END ";

  private final boolean follow;
  private boolean inPrivateKey;
  private long copied;

  LogCopy(boolean follow) {
    this.follow = follow;
  }

  /** Returns at the end of the log, at the bound, or when the reader has gone. */
  void copy(InputStream log, OutputStream output) throws IOException {
    InputStream bytes = new BufferedInputStream(log, MAX_LINE);
    long deadline = System.nanoTime() + MAX_TIME.toNanos();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = bytes.read(); next >= 0; next = bytes.read()) {
      if (next != '\n') {
        line.write(next);
      }
      if (next == '\n' || line.size() == MAX_LINE) {
        write(line, output);
        if (follow && bytes.available() == 0) {
          output.flush();
        }
      }
      if (copied > MAX_BYTES || System.nanoTime() > deadline) {
        say("the log goes on; ask for the rest by since or tail", output);
        return;
      }
    }
    if (line.size() > 0) {
      write(line, output);
    }
    if (copied == 0) {
      say("the driver has written nothing", output);
    }
    output.flush();
  }

  private void write(ByteArrayOutputStream line, OutputStream output) throws IOException {
    byte[] redacted = (redacted(line.toString(UTF_8)) + "\n").getBytes(UTF_8);
    line.reset();
    output.write(redacted);
    copied += redacted.length;
  }

  /** A private key has several lines, of which each alone looks like nothing. */
  private String redacted(String line) {
    boolean begins = line.contains(KEY_BEGINS) && line.contains("PRIVATE KEY");
    boolean ends = line.contains(KEY_ENDS);
    boolean hidden = inPrivateKey || begins;
    inPrivateKey = (inPrivateKey || begins) && !ends;
    return hidden ? "[redacted]" : Redaction.redact(line);
  }

  private static void say(String sentence, OutputStream output) throws IOException {
    output.write(("firesteel: " + sentence + "\n").getBytes(UTF_8));
    output.flush();
  }
}
