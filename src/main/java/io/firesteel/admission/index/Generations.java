package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.job.JobKey;
import java.time.Instant;

/**
 * Numbers the requests for one job id, so that a request that follows after the job was forgotten
 * differs from those before it. A generation is the time of its decision in milliseconds since
 * 1970, or larger: it always exceeds the generation of the job's stored record, and those of all
 * forgotten jobs of the tenant, even when a clock goes back.
 */
public final class Generations {

  private final AdmissionStore admissionStore;
  private final Slots slots;
  private final Instant now;

  public Generations(AdmissionStore admissionStore, Slots slots, Instant now) {
    this.admissionStore = admissionStore;
    this.slots = slots;
    this.now = now;
  }

  /** The generation of a request that arrives now. */
  public long next(JobKey key, String cohort) {
    TrackedJob known = admissionStore.get(Table.JOBS, key.toString());
    long before = known == null ? 0 : known.head().generation();
    return Math.max(afterForgotten(key, cohort), before + 1);
  }

  /** The generation of a request that arrives now, if the job's record cannot be read. */
  public long afterForgotten(JobKey key, String cohort) {
    long forgotten = slots.tenant(key.tenant(), cohort).forgotten();
    return Math.max(now.toEpochMilli(), forgotten + 1);
  }

  /** Stores the generation of a forgotten job if it is the largest. */
  public void forget(JobMetadata job) {
    TenantState tenantState = slots.tenant(job.key().tenant(), job.cohort());
    if (job.generation() > tenantState.forgotten()) {
      admissionStore.put(
          Table.TENANTS, tenantState.name(), tenantState.withForgotten(job.generation()));
    }
  }
}
