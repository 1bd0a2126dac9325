package io.firesteel.cluster.controller;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How sure a replica may be that a partition is still its own. Kafka gives a partition to another
 * once a replica was not heard of for the session timeout; so a replica that was heard of may count
 * on it for a shorter time, from the moment when it spoke and not from when it got the answer.
 * Immutable; times are of a monotonic clock, in nanoseconds.
 *
 * @param epoch tells one ownership of the partition from another by the same replica
 * @param duration how long a confirmation counts
 * @param requestedAt when the last one was asked for
 * @param renewedAt when the last one that came was asked for
 */
record Lease(long epoch, Duration duration, long requestedAt, @Nullable Long renewedAt) {

  /** One that is asked for and not confirmed yet. */
  static Lease asked(long claim, Duration length, long now) {
    return new Lease(claim, length, now, null);
  }

  Lease requestedAgain(long now) {
    return new Lease(epoch, duration, now, renewedAt);
  }

  Lease renewed() {
    return new Lease(epoch, duration, requestedAt, requestedAt);
  }

  boolean isHeld(long now) {
    return renewedAt != null && now - renewedAt < duration.toNanos();
  }
}
