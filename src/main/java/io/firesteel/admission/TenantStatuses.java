package io.firesteel.admission;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.CohortState;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.event.TenantStatus;
import io.firesteel.job.TenantLimits;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the tenants whose counts have changed, and publishes the status of each with the next
 * tick: a busy tenant changes with every decision, and nobody reads a status that fast. One thread.
 */
final class TenantStatuses {

  private final Set<String> changed = new LinkedHashSet<>();

  /** The tenant's status is published with the next tick. */
  void changed(String tenant) {
    changed.add(tenant);
  }

  /**
   * Passes on the status of every tenant that has changed; null for one that is gone. Leaves out
   * tenants that were never defined here, and those that have moved: their home publishes them.
   */
  void publish(AdmissionStore store, Instant now, BiConsumer<String, @Nullable TenantStatus> sink) {
    for (String name : changed) {
      TenantState tenant = store.get(Table.TENANTS, name);
      if (tenant != null && tenant.home() == null && tenant.limits() != null) {
        sink.accept(name, isGone(tenant) ? null : status(tenant, tenant.limits(), store, now));
      }
    }
    changed.clear();
  }

  private static boolean isGone(TenantState tenant) {
    return tenant.removedAt() != null && tenant.used() == 0 && tenant.waiting() == 0;
  }

  private static TenantStatus status(
      TenantState tenant, TenantLimits limits, AdmissionStore store, Instant now) {
    CohortState cohort = store.get(Table.COHORTS, tenant.cohort());
    return new TenantStatus(
        tenant.name(),
        tenant.cohort(),
        tenant.removedAt() == null,
        tenant.suspended(),
        limits.maxConcurrency(),
        limits.maxQueued(),
        limits.weight(),
        cohort == null ? TenantLimits.UNLIMITED : cohort.max(),
        tenant.used(),
        tenant.ready(),
        tenant.waiting(),
        now);
  }
}
