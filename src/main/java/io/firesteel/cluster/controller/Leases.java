package io.firesteel.cluster.controller;

import io.firesteel.cluster.api.DriverPodClient;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The leases of a replica on its partitions. A lease is asked for by a commit of the partition's
 * offset and confirmed by its success, since a broker takes a commit only from the partition's
 * owner. Thread-safe.
 *
 * <p>What this bounds: a replica that was frozen, or that cannot reach Kafka, makes no call to the
 * API server once its lease has run out, while another can own the partition only later. What it
 * cannot bound: a call whose replica freezes between the look at the lease and the sending, or that
 * the API server itself delays. A pod that is made so never starts, see {@link
 * DriverPodClient#create}.
 */
public final class Leases {

  /** Of the session timeout; what is left is for a call that has just been sent to arrive. */
  private static final double DURATION_FRACTION = 2.0 / 3;

  private static final int RENEWALS_PER_SESSION = 6;

  private final Duration sessionTimeout;
  private final LongSupplier nanos;
  private final AtomicLong epochs = new AtomicLong();
  private final Map<Integer, Lease> leases = new ConcurrentHashMap<>();
  private final Map<Integer, Runnable> onAcquired = new ConcurrentHashMap<>();

  public Leases(Duration session, LongSupplier nanos) {
    this.sessionTimeout = session;
    this.nanos = nanos;
  }

  /** How often a lease should be asked for. */
  public Duration renewInterval() {
    return sessionTimeout.dividedBy(RENEWALS_PER_SESSION);
  }

  /** Asks for the first time; what is to begin with the lease runs when it is confirmed. */
  public void acquire(int partition, Runnable beginning) {
    Duration length = Duration.ofNanos((long) (sessionTimeout.toNanos() * DURATION_FRACTION));
    leases.put(partition, Lease.asked(epochs.incrementAndGet(), length, nanos.getAsLong()));
    onAcquired.put(partition, beginning);
  }

  /** Asks again, if it was claimed. */
  public void requestRenewal(int partition) {
    leases.computeIfPresent(partition, (_, lease) -> lease.requestedAgain(nanos.getAsLong()));
  }

  /** A commit that was made after the last asking has succeeded. */
  public void confirm(int partition) {
    leases.computeIfPresent(partition, (_, lease) -> lease.renewed());
    Runnable beginning = onAcquired.remove(partition);
    if (beginning != null) {
      beginning.run();
    }
  }

  public void release(int partition) {
    leases.remove(partition);
    onAcquired.remove(partition);
  }

  /** The claim under which no other replica can own the partition now; empty if one can. */
  public OptionalLong heldEpoch(int partition) {
    Lease lease = leases.get(partition);
    return lease != null && lease.isHeld(nanos.getAsLong())
        ? OptionalLong.of(lease.epoch())
        : OptionalLong.empty();
  }
}
