package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the jobs of removed tenants. The jobs are kept for a while first, because the definition
 * may have been removed by mistake. A job that is still blocked or delayed is cancelled once it
 * enters the queue.
 */
final class RemovedTenants {

  private final DecisionContext context;

  RemovedTenants(DecisionContext context) {
    this.context = context;
  }

  /** Cancels up to {@code limit} queued jobs whose tenants were removed too long ago. */
  void cancelOverdue(int limit) {
    int left = limit;
    for (TenantState tenant : context.removals.overdue(context.now)) {
      left = cancelOverdue(tenant.name(), left);
      if (left > 0 && context.slots.tenant(tenant.name(), tenant.cohort()).waiting() == 0) {
        context.removals.remove(tenant);
      }
    }
  }

  private int cancelOverdue(String tenant, int limit) {
    int left = limit;
    for (TrackedJob job = next(tenant, left); job != null; job = next(tenant, left)) {
      Queued queued = (Queued) job.state();
      context.transition(
          job,
          job.withState(queued.end(Outcome.CANCELLED, JobFailures.tenantRemoved(), context.now)));
      left--;
    }
    return left;
  }

  private @Nullable TrackedJob next(String tenant, int left) {
    return left > 0 ? context.nextQueued(tenant) : null;
  }
}
