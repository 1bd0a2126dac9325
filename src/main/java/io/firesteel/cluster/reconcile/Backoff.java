package io.firesteel.cluster.reconcile;

import io.firesteel.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to retry a call to the API server: doubling from 200 ms to 25.6 s, or as the server asks,
 * plus up to half as much, so that jobs whose calls failed together do not retry together. The same
 * job and number of failures always give the same delay.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final int MAX_DOUBLINGS = 7;

  private Backoff() {}

  static Instant next(JobKey job, int retries, @Nullable Duration retryAfter, Instant now) {
    Duration own = FIRST.multipliedBy(1L << Math.min(retries, MAX_DOUBLINGS));
    Duration delay = retryAfter != null && retryAfter.compareTo(own) > 0 ? retryAfter : own;
    return now.plus(delay).plusMillis(jitter(job, retries, delay.toMillis() / 2));
  }

  private static long jitter(JobKey job, int retries, long max) {
    int hash = (job.hashCode() * 31 + retries) * 0x9E3779B9;
    return Math.floorMod(hash ^ (hash >>> 15), max + 1);
  }
}
