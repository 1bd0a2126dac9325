package io.firesteel.admission;

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
 * @param told events about the tenant itself; numbers them
 * @param forgotten the latest generation of all its jobs that are forgotten; 0 if there is none
 */
record Tenant(
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
    long told,
    long forgotten) {

  static final long SHARE_UNIT = 1_000_000;

  static Tenant unknown(String name, String cohort) {
    return new Tenant(name, cohort, null, null, false, 0, 0, 0, 0, 0, 0, 0);
  }

  int maxConcurrency() {
    return limits == null || removedAt != null ? 0 : Math.max(0, limits.maxConcurrency());
  }

  int maxQueued() {
    return limits == null ? TenantLimits.UNLIMITED : Math.max(0, limits.maxQueued());
  }

  int weight() {
    return limits == null ? 1 : Math.max(1, limits.weight());
  }

  /** Whether its own limits let one more job run. */
  boolean open() {
    return !suspended && used < maxConcurrency();
  }

  /** Whether the cohort may give it a slot. */
  boolean eligible() {
    return open() && ready > 0;
  }

  /** Sorts eligible tenants: who uses least of its share first, then who was served least. */
  String shareKey() {
    return Order.number(used * SHARE_UNIT / weight()) + Order.number(pass) + "/" + name;
  }

  Tenant defined(TenantLimits now) {
    return new Tenant(
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
        told,
        forgotten);
  }

  Tenant removed(Instant at) {
    return new Tenant(
        name, cohort, limits, at, suspended, used, ready, waiting, arrivals, pass, told, forgotten);
  }

  Tenant suspended(boolean now) {
    return new Tenant(
        name, cohort, limits, removedAt, now, used, ready, waiting, arrivals, pass, told,
        forgotten);
  }

  Tenant arrived() {
    return numbered(arrivals + 1, pass, told);
  }

  Tenant counted(int usedMore, int readyMore, int waitingMore) {
    return new Tenant(
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
        told,
        forgotten);
  }

  /** Whoever had nothing to run does not save up for later. */
  Tenant notBehind(long cohortPass) {
    return pass >= cohortPass ? this : numbered(arrivals, cohortPass, told);
  }

  Tenant served() {
    return numbered(arrivals, pass + SHARE_UNIT / weight(), told);
  }

  Tenant told(long number) {
    return numbered(arrivals, pass, number);
  }

  Tenant forgotten(long generation) {
    return new Tenant(
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
        told,
        generation);
  }

  private Tenant numbered(long arrivals, long pass, long told) {
    return new Tenant(
        name, cohort, limits, removedAt, suspended, used, ready, waiting, arrivals, pass, told,
        forgotten);
  }
}
