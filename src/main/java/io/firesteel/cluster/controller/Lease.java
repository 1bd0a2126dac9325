package io.firesteel.cluster.controller;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A replica's lease on a partition. Kafka assigns the partition to another replica only once it has
 * not heard from this one for the session timeout. The lease is shorter than that, and begins when
 * the replica sends its request, not when Kafka answers. Immutable; times are of a monotonic clock,
 * in nanoseconds.
 *
 * @param epoch differs for each time that the replica owns the partition
 * @param duration how long a renewal counts
 * @param requestedAt when the last renewal was requested
 * @param renewedAt when the last confirmed renewal was requested; null before the first
 */
record Lease(long epoch, Duration duration, long requestedAt, @Nullable Long renewedAt) {

  /** A lease that is not confirmed yet. */
  static Lease requested(long epoch, Duration duration, long now) {
    return new Lease(epoch, duration, now, null);
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
