package io.firesteel.cluster.reconcile;

import io.firesteel.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a call that the API server did not take is made again: doubling from 200 ms to 25.6 s, or as
 * the server asks, and up to half as much later, so that jobs which failed together do not return
 * together. The same for the same job and number of failures.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final int MAX_DOUBLINGS = 7;

  private Backoff() {}

  static Instant next(JobKey job, int failedBefore, @Nullable Duration asked, Instant now) {
    Duration own = FIRST.multipliedBy(1L << Math.min(failedBefore, MAX_DOUBLINGS));
    Duration least = asked != null && asked.compareTo(own) > 0 ? asked : own;
    return now.plus(least).plusMillis(spread(job, failedBefore, least.toMillis() / 2));
  }

  private static long spread(JobKey job, int failedBefore, long most) {
    int hash = (job.hashCode() * 31 + failedBefore) * 0x9E3779B9;
    return Math.floorMod(hash ^ (hash >>> 15), most + 1);
  }
}
