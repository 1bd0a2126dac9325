package io.firesteel.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Whether a worker that died is started again: after a short pause, until it died too often in a
 * short time, for then the next start would end as the last one did. One thread.
 */
final class RestartPolicy {

  private static final Duration WINDOW = Duration.ofMinutes(2);

  private final Duration delay;
  private final int maxExits;
  private final Deque<Instant> exits = new ArrayDeque<>();

  /**
   * Of one worker.
   *
   * @param most so many deaths within two minutes are too many
   */
  RestartPolicy(Duration pause, int most) {
    this.delay = pause;
    this.maxExits = most;
  }

  /** How long to wait before the next start; empty when there is none. */
  Optional<Duration> delayAfterExit(Instant now) {
    exits.add(now);
    while (exits.getFirst().isBefore(now.minus(WINDOW))) {
      exits.removeFirst();
    }
    return exits.size() < maxExits ? Optional.of(delay) : Optional.empty();
  }

  /** How often it died in the last two minutes, and once at least. */
  int recentExits() {
    return exits.size();
  }
}
