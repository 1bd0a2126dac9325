package io.firesteel.admission;

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
final class Removals {

  private static final String GROUP = "r/";
  private static final int TENANTS = 100;

  private final State state;
  private final AdmissionSettings settings;

  Removals(State state, AdmissionSettings settings) {
    this.state = state;
    this.settings = settings;
  }

  /** The time of a removed tenant's jobs begins. */
  void begin(Tenant tenant) {
    String member = member(tenant);
    if (member != null) {
      state.add(GROUP, member);
    }
  }

  /** The tenant is defined again. */
  void end(Tenant tenant) {
    String member = member(tenant);
    if (member != null) {
      state.remove(GROUP, member);
    }
  }

  /** Ends up to so many jobs whose tenants have been gone for too long. */
  void run(Desk desk, int limit) {
    int left = limit;
    for (String member : state.list(GROUP, TENANTS)) {
      Tenant tenant = state.get(Table.TENANTS, member.substring(member.indexOf('/') + 1));
      if (tenant == null || !overdue(tenant, desk.now)) {
        return;
      }
      left = run(desk, tenant.name(), left);
      if (left > 0 && desk.slots.tenant(tenant.name(), tenant.cohort()).waiting() == 0) {
        state.remove(GROUP, member);
      }
    }
  }

  private int run(Desk desk, String tenant, int limit) {
    int left = limit;
    for (JobKey key = next(desk, tenant, left); key != null; key = next(desk, tenant, left)) {
      TrackedJob job = desk.job(key);
      if (job == null || !(job.state() instanceof JobState.Queued queued)) {
        throw new IllegalStateException("a job stands in a queue and is not queued: " + key);
      }
      desk.move(job, job.in(queued.end(Outcome.CANCELLED, failure(), desk.now)));
      left--;
    }
    return left;
  }

  private static @Nullable JobKey next(Desk desk, String tenant, int left) {
    return left > 0 ? desk.queue.first(tenant) : null;
  }

  private boolean overdue(Tenant tenant, Instant now) {
    Instant end = end(tenant.removedAt());
    return end != null && !end.isAfter(now);
  }

  private @Nullable String member(Tenant tenant) {
    Instant end = end(tenant.removedAt());
    return end == null ? null : Order.time(end) + "/" + tenant.name();
  }

  private @Nullable Instant end(@Nullable Instant removedAt) {
    return removedAt == null ? null : Wakes.plus(removedAt, settings.removedTenantWait());
  }

  /** Why a job of such a tenant ends. */
  static Failure failure() {
    return Failure.of(
        FailureCategory.REQUEST,
        "TenantRemoved",
        "The job's tenant is not defined any more; define it again and send the job again");
  }
}
