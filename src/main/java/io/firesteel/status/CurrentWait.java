package io.firesteel.status;

import io.firesteel.event.JobStatus;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job waits at this moment. The published reason is that of the moment when the wait began: a
 * tenant that was suspended since, or a job whose priority changed, is not in it. Pure.
 */
public final class CurrentWait {

  private CurrentWait() {}

  /**
   * The reason now; null if the job does not wait.
   *
   * @param tenant null if admission has published nothing about it yet
   * @param position in the queue
   */
  public static @Nullable WaitingStatus of(
      JobStatus job, @Nullable TenantView tenant, @Nullable Long position) {
    WaitingStatus published = job.waiting();
    if (!JobSummary.of(job).queued()) {
      return published;
    }
    WaitingReason reason = published == null ? WaitingReason.TENANT_LIMIT : published.reason();
    return new WaitingStatus(
        tenant == null ? reason : reason(reason, tenant), position, null, List.of());
  }

  /** The reason now of a job in the queue. */
  static WaitingReason reason(WaitingReason published, TenantView tenant) {
    if (!tenant.defined()) {
      return WaitingReason.TENANT_UNKNOWN;
    }
    if (tenant.suspended()) {
      return WaitingReason.SUSPENDED;
    }
    if (tenant.running() >= tenant.maxConcurrency()) {
      return WaitingReason.TENANT_LIMIT;
    }
    // With a free slot, others of the cohort go first, or the job is about to be admitted.
    return tenant.cohort().running() >= tenant.cohort().maxConcurrency()
            || published == WaitingReason.COHORT_LIMIT
        ? WaitingReason.COHORT_LIMIT
        : WaitingReason.TENANT_LIMIT;
  }
}
