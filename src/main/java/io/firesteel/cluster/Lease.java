package io.firesteel.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How sure a replica may be that a partition is still its own. Kafka gives a partition to another
 * once a replica was not heard of for the session timeout; so a replica that was heard of may count
 * on it for a shorter time, from the moment when it spoke and not from when it got the answer.
 * Immutable; times are of a monotonic clock, in nanoseconds.
 *
 * @param claim tells one ownership of the partition from another by the same replica
 * @param length how long a confirmation counts
 * @param asked when the last one was asked for
 * @param confirmed when the last one that came was asked for
 */
record Lease(long claim, Duration length, long asked, @Nullable Long confirmed) {

  /** One that is asked for and not confirmed yet. */
  static Lease asked(long claim, Duration length, long now) {
    return new Lease(claim, length, now, null);
  }

  Lease asking(long now) {
    return new Lease(claim, length, now, confirmed);
  }

  Lease confirming() {
    return new Lease(claim, length, asked, asked);
  }

  boolean holds(long now) {
    return confirmed != null && now - confirmed < length.toNanos();
  }
}
