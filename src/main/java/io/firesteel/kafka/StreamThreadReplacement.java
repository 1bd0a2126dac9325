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
 * Replaces a stream thread that died, since most causes are transient. A thread that died of an
 * outage or of a missing permission is replaced after a pause, however often that happens, because
 * a restart would not help. If threads keep dying of other causes, the instance stops: liveness
 * fails and the replica restarts, which releases whatever a dead thread may still hold.
 * Thread-safe.
 */
final class StreamThreadReplacement implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StreamThreadReplacement.class);

  /** The end of the name of the thread that reads global tables; Kafka cannot replace it. */
  static final String GLOBAL_THREAD = "-GlobalStreamThread";

  private static final int MAX_DEATHS = 3;
  private static final Duration DEATH_WINDOW = Duration.ofMinutes(5);
  private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(5);

  private final String applicationId;
  private final InstantSource clock;
  private final Consumer<Duration> pause;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  /**
   * @param pause blocks the dying thread
   */
  StreamThreadReplacement(String applicationId, InstantSource clock, Consumer<Duration> pause) {
    this.applicationId = applicationId;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    if (Thread.currentThread().getName().endsWith(GLOBAL_THREAD)) {
      log(failure, "The global stream thread died; stopping the instance");
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    if (isExternal(failure)) {
      log(failure, "Kafka is unavailable or denies access; replacing the stream thread");
      pause.accept(OUTAGE_PAUSE);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    boolean giveUp = recentDeaths() > MAX_DEATHS;
    log(
        failure,
        giveUp
            ? "More than 3 stream threads died within 5 minutes; stopping the instance"
            : "A stream thread died; replacing it");
    return giveUp
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Whether Kafka is unavailable, overloaded or denies access. */
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
