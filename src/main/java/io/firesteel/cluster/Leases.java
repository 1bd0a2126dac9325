package io.firesteel.cluster;

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
 * the API server itself delays. A pod that is made so never starts, see {@link Drivers#create}.
 */
final class Leases {

  /** Of the session timeout; what is left is for a call that has just been sent to arrive. */
  private static final double LENGTH = 2.0 / 3;

  private static final int RENEWALS_IN_A_SESSION = 6;

  private final Duration session;
  private final LongSupplier nanos;
  private final AtomicLong claims = new AtomicLong();
  private final Map<Integer, Lease> leases = new ConcurrentHashMap<>();
  private final Map<Integer, Runnable> beginnings = new ConcurrentHashMap<>();

  Leases(Duration session, LongSupplier nanos) {
    this.session = session;
    this.nanos = nanos;
  }

  /** How often a lease should be asked for. */
  Duration renewEvery() {
    return session.dividedBy(RENEWALS_IN_A_SESSION);
  }

  /** Asks for the first time; what is to begin with the lease runs when it is confirmed. */
  void claim(int partition, Runnable beginning) {
    Duration length = Duration.ofNanos((long) (session.toNanos() * LENGTH));
    leases.put(partition, Lease.asked(claims.incrementAndGet(), length, nanos.getAsLong()));
    beginnings.put(partition, beginning);
  }

  /** Asks again, if it was claimed. */
  void ask(int partition) {
    leases.computeIfPresent(partition, (_, lease) -> lease.asking(nanos.getAsLong()));
  }

  /** A commit that was made after the last asking has succeeded. */
  void confirm(int partition) {
    leases.computeIfPresent(partition, (_, lease) -> lease.confirming());
    Runnable beginning = beginnings.remove(partition);
    if (beginning != null) {
      beginning.run();
    }
  }

  void release(int partition) {
    leases.remove(partition);
    beginnings.remove(partition);
  }

  /** The claim under which no other replica can own the partition now; empty if one can. */
  OptionalLong held(int partition) {
    Lease lease = leases.get(partition);
    return lease != null && lease.holds(nanos.getAsLong())
        ? OptionalLong.of(lease.claim())
        : OptionalLong.empty();
  }
}
