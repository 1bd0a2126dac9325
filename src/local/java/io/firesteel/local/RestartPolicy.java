package io.firesteel.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Decides whether to restart a worker: after a delay, unless it exits too often in two minutes. For
 * one thread.
 */
final class RestartPolicy {

  private static final Duration WINDOW = Duration.ofMinutes(2);

  private final Duration delay;
  private final int maxExits;
  private final Deque<Instant> exits = new ArrayDeque<>();

  /**
   * @param maxExits the number of exits within two minutes at which restarts stop
   */
  RestartPolicy(Duration delay, int maxExits) {
    this.delay = delay;
    this.maxExits = maxExits;
  }

  /** The delay before the restart; empty for no restart. */
  Optional<Duration> delayAfterExit(Instant now) {
    exits.add(now);
    while (exits.getFirst().isBefore(now.minus(WINDOW))) {
      exits.removeFirst();
    }
    return exits.size() < maxExits ? Optional.of(delay) : Optional.empty();
  }

  /** The number of exits in the last two minutes, at least 1. */
  int recentExits() {
    return exits.size();
  }
}
