package io.firesteel.admission.state;

import io.firesteel.job.TenantLimits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What admission knows of a tenant.
 *
 * @param limits null until somebody defines them; nothing is admitted before
 * @param removedAt since when nobody defines it any more; null while somebody does
 * @param used slots taken: drivers wanted, running, or not yet known to be gone
 * @param ready jobs in the queue that could start if there were a slot
 * @param waiting jobs without a slot, for whatever reason
 * @param arrivals jobs that ever arrived; numbers them
 * @param pass weighted count of admissions; breaks ties of the fair share
 * @param sequence events about the tenant itself; numbers them
 * @param forgotten the latest generation of all its jobs that are forgotten; 0 if there is none
 */
public record TenantState(
    String name,
    String cohort,
    @Nullable TenantLimits limits,
    @Nullable Instant removedAt,
    boolean suspended,
    int used,
    int ready,
    int waiting,
    long arrivals,
    long pass,
    long sequence,
    long forgotten) {

  static final long SHARE_UNIT = 1_000_000;

  public static TenantState unknown(String name, String cohort) {
    return new TenantState(name, cohort, null, null, false, 0, 0, 0, 0, 0, 0, 0);
  }

  public int maxConcurrency() {
    return limits == null || removedAt != null ? 0 : Math.max(0, limits.maxConcurrency());
  }

  public int maxQueued() {
    return limits == null ? TenantLimits.UNLIMITED : Math.max(0, limits.maxQueued());
  }

  int weight() {
    return limits == null ? 1 : Math.max(1, limits.weight());
  }

  /** Whether its own limits let one more job run. */
  public boolean hasFreeSlot() {
    return !suspended && used < maxConcurrency();
  }

  /** Whether the cohort may give it a slot. */
  public boolean eligible() {
    return hasFreeSlot() && ready > 0;
  }

  /** Sorts eligible tenants: who uses least of its share first, then who was served least. */
  public String shareKey() {
    return SortKey.ofNumber(used * SHARE_UNIT / weight()) + SortKey.ofNumber(pass) + "/" + name;
  }

  public TenantState withLimits(TenantLimits now) {
    return new TenantState(
        name,
        now.cohort(),
        now,
        null,
        suspended,
        used,
        ready,
        waiting,
        arrivals,
        pass,
        sequence,
        forgotten);
  }

  public TenantState removed(Instant at) {
    return new TenantState(
        name, cohort, limits, at, suspended, used, ready, waiting, arrivals, pass, sequence,
        forgotten);
  }

  public TenantState suspended(boolean now) {
    return new TenantState(
        name, cohort, limits, removedAt, now, used, ready, waiting, arrivals, pass, sequence,
        forgotten);
  }

  public TenantState withArrival() {
    return numbered(arrivals + 1, pass, sequence);
  }

  public TenantState addCounts(int usedMore, int readyMore, int waitingMore) {
    return new TenantState(
        name,
        cohort,
        limits,
        removedAt,
        suspended,
        used + usedMore,
        ready + readyMore,
        waiting + waitingMore,
        arrivals,
        pass,
        sequence,
        forgotten);
  }

  /** Whoever had nothing to run does not save up for later. */
  public TenantState catchUp(long cohortPass) {
    return pass >= cohortPass ? this : numbered(arrivals, cohortPass, sequence);
  }

  public TenantState served() {
    return numbered(arrivals, pass + SHARE_UNIT / weight(), sequence);
  }

  public TenantState withSequence(long number) {
    return numbered(arrivals, pass, number);
  }

  public TenantState forgotten(long generation) {
    return new TenantState(
        name,
        cohort,
        limits,
        removedAt,
        suspended,
        used,
        ready,
        waiting,
        arrivals,
        pass,
        sequence,
        generation);
  }

  private TenantState numbered(long arrivals, long pass, long told) {
    return new TenantState(
        name, cohort, limits, removedAt, suspended, used, ready, waiting, arrivals, pass, told,
        forgotten);
  }
}
