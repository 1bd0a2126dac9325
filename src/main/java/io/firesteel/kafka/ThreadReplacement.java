package io.firesteel.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, since most causes pass. When threads keep dying the instance
 * is given up: liveness turns red and the replica is started anew, which also releases what a dead
 * thread may still hold. Thread-safe.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
  private static final int MOST = 3;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final String applicationId;
  private final InstantSource clock;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  ThreadReplacement(String applicationId, InstantSource clock) {
    this.applicationId = applicationId;
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    Instant now = clock.instant();
    deaths.add(now);
    deaths.removeIf(death -> death.isBefore(now.minus(WITHIN)));
    boolean giveUp = deaths.size() > MOST;
    LOG.atError()
        .addKeyValue("application", applicationId)
        .addKeyValue("deaths", deaths.size())
        .setCause(failure)
        .log(
            giveUp
                ? "Stream threads keep dying, the instance ends"
                : "A stream thread died and is replaced");
    return giveUp
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
