package io.firesteel.local.kubernetes.http.log;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** Copies one log file to one response at the client's pace, on a thread of its own. */
final class PodLogStream {
  private static final int BLOCK_BYTES = 32 * 1024;
  private static final long POLL_MILLIS = 40;

  private final Path file;
  private final PodLogOptions options;
  private final HttpServerResponse response;
  private final BooleanSupplier ended;
  private long sent;

  PodLogStream(
      Path file, PodLogOptions options, HttpServerResponse response, BooleanSupplier ended) {
    this.file = file;
    this.options = options;
    this.response = response;
    this.ended = ended;
  }

  void send() {
    try {
      if (waitForFile()) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
          log.seek(start(log));
          copy(log);
          if (options.follow()) {
            follow(log);
          }
        }
      }
      response.end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException | ExecutionException _) {
      // The client or the file is gone.
      response.reset();
    }
  }

  private boolean waitForFile() throws InterruptedException {
    while (!Files.exists(file) && options.follow() && !ended.getAsBoolean() && !response.closed()) {
      Thread.sleep(POLL_MILLIS);
    }
    return Files.exists(file);
  }

  private void follow(RandomAccessFile log)
      throws IOException, ExecutionException, InterruptedException {
    boolean last = false;
    while (!last && !response.closed() && !limitReached()) {
      // Read before the copy, so that everything the container wrote before it ended is sent.
      last = ended.getAsBoolean();
      copy(log);
      if (!last) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private long start(RandomAccessFile log) throws IOException {
    return options.tailLines() < 0 ? 0 : LogTail.start(log, options.tailLines());
  }

  private void copy(RandomAccessFile log)
      throws IOException, ExecutionException, InterruptedException {
    byte[] block = new byte[BLOCK_BYTES];
    int read = log.read(block);
    while (read > 0 && !limitReached()) {
      write(Buffer.buffer().appendBytes(block, 0, read));
      read = log.read(block);
    }
  }

  private void write(Buffer text) throws ExecutionException, InterruptedException {
    long remaining = options.limitBytes() < 0 ? Long.MAX_VALUE : options.limitBytes() - sent;
    Buffer part = text.length() <= remaining ? text : text.slice(0, (int) remaining);
    sent += part.length();
    response.write(part).toCompletionStage().toCompletableFuture().get();
  }

  private boolean limitReached() {
    return options.limitBytes() >= 0 && sent >= options.limitBytes();
  }
}
