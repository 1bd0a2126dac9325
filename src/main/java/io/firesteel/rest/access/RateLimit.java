package io.firesteel.rest.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each caller. Remembers the callers of late; one that it has forgotten has a
 * full bucket. Thread-safe.
 */
final class RateLimit {

  private static final int MAX_CALLERS = 10_000;

  private final int burst;
  private final double perNano;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_CALLERS;
        }
      };

  private record Bucket(double tokens, long at) {}

  /**
   * Creates full buckets.
   *
   * @param nanos the time in nanoseconds, as {@link System#nanoTime}
   */
  RateLimit(int burst, int perSecond, LongSupplier nanos) {
    this.burst = burst;
    this.perNano = perSecond / (double) Duration.ofSeconds(1).toNanos();
    this.nanos = nanos;
  }

  /** Counts a call; whether the caller may make it. */
  synchronized boolean take(String caller) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.getOrDefault(caller, new Bucket(burst, now));
    double tokens = Math.min(burst, bucket.tokens() + (now - bucket.at()) * perNano);
    buckets.put(caller, new Bucket(tokens < 1 ? tokens : tokens - 1, now));
    return tokens >= 1;
  }
}
