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
final class Restarts {

  private static final Duration SHORT_TIME = Duration.ofMinutes(2);

  private final Duration pause;
  private final int most;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  /**
   * Of one worker.
   *
   * @param most so many deaths within two minutes are too many
   */
  Restarts(Duration pause, int most) {
    this.pause = pause;
    this.most = most;
  }

  /** How long to wait before the next start; empty when there is none. */
  Optional<Duration> afterDeathAt(Instant now) {
    deaths.add(now);
    while (deaths.getFirst().isBefore(now.minus(SHORT_TIME))) {
      deaths.removeFirst();
    }
    return deaths.size() < most ? Optional.of(pause) : Optional.empty();
  }

  /** How often it died in the last two minutes, and once at least. */
  int recent() {
    return deaths.size();
  }
}
