package io.firesteel.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, since most causes pass. One that died of an outage or of a
 * missing right is replaced however often that happens, after a pause: no restart would help. When
 * threads keep dying of something else the instance is given up: liveness turns red and the replica
 * is started anew, which also releases what a dead thread may still hold. Thread-safe.
 */
final class StreamThreadReplacement implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StreamThreadReplacement.class);
  private static final int MAX_DEATHS = 3;
  private static final Duration DEATH_WINDOW = Duration.ofMinutes(5);
  private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(5);

  private final String applicationId;
  private final InstantSource clock;
  private final Consumer<Duration> pause;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  /**
   * Makes one for an instance.
   *
   * @param pause waits on the dying thread
   */
  StreamThreadReplacement(String applicationId, InstantSource clock, Consumer<Duration> pause) {
    this.applicationId = applicationId;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    if (isExternal(failure)) {
      log(failure, "A stream thread died of Kafka's trouble and is replaced");
      pause.accept(OUTAGE_PAUSE);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    boolean giveUp = recentDeaths() > MAX_DEATHS;
    log(
        failure,
        giveUp
            ? "Stream threads keep dying, the instance ends"
            : "A stream thread died and is replaced");
    return giveUp
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Kafka is away or overloaded, or does not let us do something. */
  private static boolean isExternal(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause ->
            cause instanceof RetriableException
                || cause instanceof AuthorizationException
                || cause instanceof AuthenticationException
                || cause instanceof MissingSourceTopicException);
  }

  private synchronized int recentDeaths() {
    Instant now = clock.instant();
    deaths.add(now);
    deaths.removeIf(death -> death.isBefore(now.minus(DEATH_WINDOW)));
    return deaths.size();
  }

  private void log(Throwable failure, String message) {
    LOG.atError().addKeyValue("application", applicationId).setCause(failure).log(message);
  }
}
