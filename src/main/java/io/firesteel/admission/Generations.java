package io.firesteel.admission;

import io.firesteel.job.JobKey;
import java.time.Instant;

/**
 * Numbers the requests of one job id, so that one that comes after the id was forgotten is told
 * from those before it. A generation is the time of its decision in milliseconds since 1970, or
 * more: it is larger than that of the record which is still known of the job, and than that of
 * every job of the tenant which was forgotten, even when a clock goes back.
 */
final class Generations {

  private final State state;
  private final Slots slots;
  private final Instant now;

  Generations(State state, Slots slots, Instant now) {
    this.state = state;
    this.slots = slots;
    this.now = now;
  }

  /** The generation of a request that arrives now. */
  long next(JobKey key, String cohort) {
    TrackedJob known = state.get(Table.JOBS, key.toString());
    long before = known == null ? 0 : known.head().generation();
    long forgotten = slots.tenant(key.tenant(), cohort).forgotten();
    return Math.max(now.toEpochMilli(), Math.max(before, forgotten) + 1);
  }

  /** Remembers what the later ones have to be larger than. */
  void forget(JobHead job) {
    Tenant tenant = slots.tenant(job.key().tenant(), job.cohort());
    if (job.generation() > tenant.forgotten()) {
      state.put(Table.TENANTS, tenant.name(), tenant.forgotten(job.generation()));
    }
  }
}
