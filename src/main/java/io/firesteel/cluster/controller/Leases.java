package io.firesteel.cluster.controller;

import io.firesteel.cluster.api.DriverPodClient;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The leases of a replica on its partitions. A commit of the partition's offset requests a lease,
 * and its success confirms the lease: a broker accepts commits only from the partition's owner.
 * Thread-safe.
 *
 * <p>A replica that was frozen, or that cannot reach Kafka, makes no call to the API server once
 * its lease has expired; another replica can own the partition only later. A lease cannot stop a
 * call that its replica sends late, because it froze after it checked the lease, or that the API
 * server delays. A pod that such a call creates never starts, see {@link DriverPodClient#create}.
 */
public final class Leases {

  /** A fraction of the session timeout; the rest lets a call arrive that was just sent. */
  private static final double DURATION_FRACTION = 2.0 / 3;

  private static final int RENEWALS_PER_SESSION = 6;

  private final Duration sessionTimeout;
  private final LongSupplier nanos;
  private final AtomicLong epochs = new AtomicLong();
  private final Map<Integer, Lease> leases = new ConcurrentHashMap<>();
  private final Map<Integer, Runnable> onAcquired = new ConcurrentHashMap<>();

  public Leases(Duration sessionTimeout, LongSupplier nanos) {
    this.sessionTimeout = sessionTimeout;
    this.nanos = nanos;
  }

  /** How often to request a renewal. */
  public Duration renewInterval() {
    return sessionTimeout.dividedBy(RENEWALS_PER_SESSION);
  }

  /** Requests a lease; the action runs once the lease is confirmed. */
  public void acquire(int partition, Runnable action) {
    Duration duration = Duration.ofNanos((long) (sessionTimeout.toNanos() * DURATION_FRACTION));
    leases.put(partition, Lease.requested(epochs.incrementAndGet(), duration, nanos.getAsLong()));
    onAcquired.put(partition, action);
  }

  /** Requests a renewal, unless the lease was never requested. */
  public void requestRenewal(int partition) {
    leases.computeIfPresent(partition, (_, lease) -> lease.requestedAgain(nanos.getAsLong()));
  }

  /** To be called when a commit succeeds that was sent after the last request. */
  public void confirm(int partition) {
    leases.computeIfPresent(partition, (_, lease) -> lease.renewed());
    Runnable action = onAcquired.remove(partition);
    if (action != null) {
      action.run();
    }
  }

  /** Gives up a lease, and the action that waits for it. */
  public void release(int partition) {
    leases.remove(partition);
    onAcquired.remove(partition);
  }

  /** The epoch of the lease; empty if another replica may own the partition now. */
  public OptionalLong heldEpoch(int partition) {
    Lease lease = leases.get(partition);
    return lease != null && lease.isHeld(nanos.getAsLong())
        ? OptionalLong.of(lease.epoch())
        : OptionalLong.empty();
  }
}
