package io.firesteel.status;

import io.firesteel.event.TenantStatus;
import java.time.Instant;

/**
 * The slots, limits and queue of a tenant, and of its cohort, as of now.
 *
 * @param running slots in use
 * @param queued jobs that wait for nothing but a slot
 * @param waiting jobs without a slot, for whatever reason
 */
public record TenantView(
    String tenant,
    boolean defined,
    boolean suspended,
    int running,
    int maxConcurrency,
    int queued,
    int waiting,
    int maxQueued,
    int weight,
    Cohort cohort,
    Instant updatedAt) {

  /** The tenants that share slots. */
  public record Cohort(String name, int running, int maxConcurrency) {}

  /** A tenant by its own status, and the slots in use by all tenants of its cohort. */
  static TenantView of(TenantStatus status, int cohortRunning) {
    return new TenantView(
        status.tenant(),
        status.defined(),
        status.suspended(),
        status.running(),
        status.maxConcurrency(),
        status.queued(),
        status.waiting(),
        status.maxQueued(),
        status.weight(),
        new Cohort(status.cohort(), cohortRunning, status.cohortMaxConcurrency()),
        status.updatedAt());
  }
}
