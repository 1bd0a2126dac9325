package io.firesteel.admission;

import io.firesteel.job.TenantLimits;
import org.jspecify.annotations.Nullable;

/**
 * What admission knows of a tenant.
 *
 * @param limits null until somebody defines them; nothing is admitted before
 * @param used slots taken: drivers wanted, running, or not yet known to be gone
 * @param ready jobs in the queue that could start if there were a slot
 * @param waiting jobs without a slot, for whatever reason
 * @param arrivals jobs that ever arrived; numbers them
 * @param pass weighted count of admissions; breaks ties of the fair share
 */
record Tenant(
    String name,
    String cohort,
    @Nullable TenantLimits limits,
    boolean suspended,
    int used,
    int ready,
    int waiting,
    long arrivals,
    long pass) {

  static final long SHARE_UNIT = 1_000_000;

  static Tenant unknown(String name, String cohort) {
    return new Tenant(name, cohort, null, false, 0, 0, 0, 0, 0);
  }

  int maxConcurrency() {
    return limits == null ? 0 : Math.max(0, limits.maxConcurrency());
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

  Tenant defined(TenantLimits limits) {
    return new Tenant(
        name, limits.cohort(), limits, suspended, used, ready, waiting, arrivals, pass);
  }

  Tenant suspended(boolean now) {
    return new Tenant(name, cohort, limits, now, used, ready, waiting, arrivals, pass);
  }

  Tenant arrived() {
    return new Tenant(name, cohort, limits, suspended, used, ready, waiting, arrivals + 1, pass);
  }

  Tenant counted(int usedMore, int readyMore, int waitingMore) {
    return new Tenant(
        name,
        cohort,
        limits,
        suspended,
        used + usedMore,
        ready + readyMore,
        waiting + waitingMore,
        arrivals,
        pass);
  }

  /** Whoever had nothing to run does not save up for later. */
  Tenant notBehind(long cohortPass) {
    return pass >= cohortPass
        ? this
        : new Tenant(name, cohort, limits, suspended, used, ready, waiting, arrivals, cohortPass);
  }

  Tenant served() {
    return new Tenant(
        name,
        cohort,
        limits,
        suspended,
        used,
        ready,
        waiting,
        arrivals,
        pass + SHARE_UNIT / weight());
  }
}
