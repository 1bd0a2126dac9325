package io.firesteel.local.kubernetes.http.log;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Copies one log file into one answer, at the receiver's pace; runs on a thread of its own. The
 * file holds plain text without times, so a time is an estimate: what is there when the reading
 * starts was written when the file last changed, what comes later is written when it is seen.
 */
final class PodLogStream {
  private static final int BLOCK_BYTES = 32 * 1024;
  private static final long POLL_MILLIS = 40;

  private final Path file;
  private final PodLogOptions query;
  private final HttpServerResponse response;
  private final BooleanSupplier ended;
  private final InstantSource clock;
  private long sent;
  private boolean lineStart = true;

  PodLogStream(
      Path file,
      PodLogOptions query,
      HttpServerResponse response,
      BooleanSupplier over,
      InstantSource clock) {
    this.file = file;
    this.query = query;
    this.response = response;
    this.ended = over;
    this.clock = clock;
  }

  void send() {
    try {
      if (waitForFile()) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
          log.seek(start(log));
          copy(log, Files.getLastModifiedTime(file).toInstant());
          if (query.follow()) {
            follow(log);
          }
        }
      }
      response.end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException | ExecutionException _) {
      // The reader has gone, or the file has: either way there is nothing left to send to or from.
      response.reset();
    }
  }

  private boolean waitForFile() throws InterruptedException {
    while (!Files.exists(file) && query.follow() && !ended.getAsBoolean() && !response.closed()) {
      Thread.sleep(POLL_MILLIS);
    }
    return Files.exists(file);
  }

  private void follow(RandomAccessFile log)
      throws IOException, ExecutionException, InterruptedException {
    boolean last = false;
    while (!last && !response.closed() && !limitReached()) {
      // Asked before the copy: what the container wrote before it ended is still sent.
      last = ended.getAsBoolean();
      copy(log, clock.instant());
      if (!last) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private long start(RandomAccessFile log) throws IOException {
    boolean nothingSince = query.since().filter(since -> lastChange().isBefore(since)).isPresent();
    if (nothingSince) {
      return log.length();
    }
    return query.tailLines() < 0 ? 0 : LogTail.start(log, query.tailLines());
  }

  private Instant lastChange() {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException _) {
      return Instant.MAX;
    }
  }

  private void copy(RandomAccessFile log, Instant written)
      throws IOException, ExecutionException, InterruptedException {
    byte[] block = new byte[BLOCK_BYTES];
    int read = log.read(block);
    while (read > 0 && !limitReached()) {
      write(
          query.timestamps()
              ? stamped(block, read, written)
              : Buffer.buffer().appendBytes(block, 0, read));
      read = log.read(block);
    }
  }

  private Buffer stamped(byte[] block, int length, Instant written) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
    byte[] stamp = (written + " ").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < length; i++) {
      if (lineStart) {
        out.writeBytes(stamp);
      }
      out.write(block[i]);
      lineStart = block[i] == '\n';
    }
    return Buffer.buffer(out.toByteArray());
  }

  private void write(Buffer text) throws ExecutionException, InterruptedException {
    long room = query.limitBytes() < 0 ? Long.MAX_VALUE : query.limitBytes() - sent;
    Buffer part = text.length() <= room ? text : text.slice(0, (int) room);
    sent += part.length();
    response.write(part).toCompletionStage().toCompletableFuture().get();
  }

  private boolean limitReached() {
    return query.limitBytes() >= 0 && sent >= query.limitBytes();
  }
}
