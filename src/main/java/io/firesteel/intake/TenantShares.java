package io.firesteel.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells which tenants send more than their share: a token bucket for each. A tenant that has
 * emptied its bucket stays over its share until the bucket is full again, so that few of its
 * messages overtake others. Keeps a bucket for each tenant that it is asked about. Thread-safe.
 */
final class TenantShares {

  private final int burst;
  private final double perNano;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new HashMap<>();

  /**
   * Creates full buckets.
   *
   * @param burst the messages that a tenant may send at once
   * @param perSecond the messages a second that it may send in the long run
   * @param nanos the time in nanoseconds, as {@link System#nanoTime}
   */
  TenantShares(int burst, int perSecond, LongSupplier nanos) {
    this.burst = burst;
    this.perNano = perSecond / (double) Duration.ofSeconds(1).toNanos();
    this.nanos = nanos;
  }

  private record Bucket(double tokens, long at, boolean overdrawn) {}

  /** Counts one message of a tenant; whether the tenant is over its share. */
  synchronized boolean exceededBy(String tenant) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.getOrDefault(tenant, new Bucket(burst, now, false));
    double tokens = Math.min(burst, bucket.tokens() + (now - bucket.at()) * perNano);
    boolean overdrawn = tokens < 1 || (bucket.overdrawn() && tokens < burst);
    buckets.put(tenant, new Bucket(Math.max(0, tokens - 1), now, overdrawn));
    return overdrawn;
  }
}
