package io.firesteel.admission.core;

import io.firesteel.admission.index.Timers;
import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.Outcome;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tenants that nobody defines any more. Their jobs wait for a while, for a definition may be gone
 * by mistake; then they end one after the other, as soon as they stand in the queue.
 */
final class RemovedTenants {

  private static final String GROUP = "r/";
  private static final int MAX_TENANTS = 100;

  private final AdmissionStore store;
  private final AdmissionSettings settings;

  RemovedTenants(AdmissionStore admissionStore, AdmissionSettings settings) {
    this.store = admissionStore;
    this.settings = settings;
  }

  /** The time of a removed tenant's jobs begins. */
  void begin(TenantState tenantState) {
    String member = member(tenantState);
    if (member != null) {
      store.add(GROUP, member);
    }
  }

  /** The tenant is defined again. */
  void end(TenantState tenantState) {
    String member = member(tenantState);
    if (member != null) {
      store.remove(GROUP, member);
    }
  }

  /** Ends up to so many jobs whose tenants have been gone for too long. */
  void cancelOverdue(DecisionContext context, int limit) {
    int left = limit;
    for (String member : store.list(GROUP, MAX_TENANTS)) {
      TenantState tenantState = store.get(Table.TENANTS, member.substring(member.indexOf('/') + 1));
      if (tenantState == null || !overdue(tenantState, context.now)) {
        return;
      }
      left = cancelOverdue(context, tenantState.name(), left);
      if (left > 0
          && context.slots.tenant(tenantState.name(), tenantState.cohort()).waiting() == 0) {
        store.remove(GROUP, member);
      }
    }
  }

  private int cancelOverdue(DecisionContext context, String tenant, int limit) {
    int left = limit;
    for (JobKey key = next(context, tenant, left); key != null; key = next(context, tenant, left)) {
      TrackedJob job = context.job(key);
      if (job == null || !(job.state() instanceof JobState.Queued queued)) {
        throw new IllegalStateException("a job stands in a queue and is not queued: " + key);
      }
      context.transition(job, job.withState(queued.end(Outcome.CANCELLED, failure(), context.now)));
      left--;
    }
    return left;
  }

  private static @Nullable JobKey next(DecisionContext context, String tenant, int left) {
    return left > 0 ? context.readyQueue.first(tenant) : null;
  }

  private boolean overdue(TenantState tenantState, Instant now) {
    Instant end = end(tenantState.removedAt());
    return end != null && !end.isAfter(now);
  }

  private @Nullable String member(TenantState tenantState) {
    Instant end = end(tenantState.removedAt());
    return end == null ? null : SortKey.ofTime(end) + "/" + tenantState.name();
  }

  private @Nullable Instant end(@Nullable Instant removedAt) {
    return removedAt == null ? null : Timers.plusOrNever(removedAt, settings.removedTenantWait());
  }

  /** Why a job of such a tenant ends. */
  static Failure failure() {
    return Failure.of(
        FailureCategory.REQUEST,
        "TenantRemoved",
        "The job's tenant is not defined any more; define it again and send the job again");
  }
}
