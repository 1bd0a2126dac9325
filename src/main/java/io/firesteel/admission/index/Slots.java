package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.CohortState;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState.HoldingSlot;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.JobState.Waiting;
import io.firesteel.admission.state.KeyLayout;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.inbox.InboxMessage.TenantMoved;
import io.firesteel.job.JobKey;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.TenantLimits;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts slots and selects the tenant that gets the next one: the one that uses the least of its
 * weighted share, and among equals the one with the lowest pass. The other tenants of the cohort
 * can thus borrow an unused share, and return it as their jobs end.
 */
public final class Slots {

  private final AdmissionStore store;
  private final Set<String> changedCohorts = new LinkedHashSet<>();
  private final Set<String> changedTenants = new LinkedHashSet<>();

  public Slots(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Cohorts in which a job may have become able to start. */
  public Set<String> changedCohorts() {
    return changedCohorts;
  }

  /** Tenants whose counts changed. */
  public Set<String> changedTenants() {
    return changedTenants;
  }

  /** Updates the counts of the job's tenant and cohort. */
  public void update(@Nullable TrackedJob before, TrackedJob after) {
    int used = asInt(holdsSlot(after)) - asInt(holdsSlot(before));
    int ready = asInt(isQueued(after)) - asInt(isQueued(before));
    int waiting = asInt(isWaiting(after)) - asInt(isWaiting(before));
    if (used == 0 && ready == 0 && waiting == 0) {
      return;
    }
    JobMetadata head = after.head();
    TenantState tenantState = tenant(head.key().tenant(), head.cohort());
    TenantState counted = tenantState.addCounts(used, ready, waiting);
    CohortState cohortState = cohort(tenantState.cohort());
    if (tenantState.ready() == 0 && counted.ready() > 0) {
      counted = counted.catchUp(cohortState.pass());
    }
    if (used > 0) {
      cohortState = cohortState.served(tenantState.pass());
      counted = counted.served();
    }
    replace(tenantState, counted);
    if (used != 0) {
      store.put(Table.COHORTS, cohortState.name(), cohortState.addUsed(used));
    }
  }

  /** Uncounts a job that is in the tenant's queue although it does not wait. */
  public void uncountQueued(String name) {
    TenantState tenantState = tenant(name, name);
    replace(tenantState, tenantState.addCounts(0, -1, -1));
  }

  /** Corrects the count of a tenant whose queue is empty. */
  public void noneQueued(String name) {
    TenantState tenantState = tenant(name, name);
    if (tenantState.ready() != 0) {
      replace(tenantState, tenantState.withReady(0));
    }
  }

  /** Counts a tenant's jobs again, without one whose record cannot be read. */
  public void recount(JobKey without) {
    int[] counts = new int[3];
    store.forEach(
        Table.JOBS,
        without.tenant() + "/",
        job -> {
          if (job.head() != null && !job.key().equals(without)) {
            counts[0] += asInt(holdsSlot(job));
            counts[1] += asInt(isQueued(job));
            counts[2] += asInt(isWaiting(job));
          }
        });
    TenantState before = tenant(without.tenant(), without.tenant());
    CohortState cohortState = cohort(before.cohort());
    replace(before, before.with(t -> t.used(counts[0]).ready(counts[1]).waiting(counts[2])));
    store.put(Table.COHORTS, cohortState.name(), cohortState.addUsed(counts[0] - before.used()));
  }

  /**
   * Defines a tenant's limits. A tenant that was unknown belongs to the given cohort; any other
   * stays in its own until it can move.
   */
  public void define(TenantLimits limits, String cohort) {
    TenantState before = tenant(limits.tenant(), cohort);
    replaceDefined(before, before.defined(limits), limits);
  }

  /** Takes over a tenant that moved to a cohort; it has no unfinished job. */
  public void arrive(TenantMoved moved, String cohort) {
    TenantLimits limits = moved.limits();
    TenantState before = tenant(limits.tenant(), cohort);
    TenantState after = before.arrived(cohort, moved);
    replaceDefined(before, after, limits);
  }

  /** The cohort's limit is that of its latest definition by a tenant that belongs to it. */
  private void replaceDefined(TenantState before, TenantState after, TenantLimits limits) {
    if (limits.cohort().equals(after.cohort())) {
      store.put(
          Table.COHORTS,
          after.cohort(),
          cohort(after.cohort()).withMax(Math.max(0, limits.cohortMaxConcurrency())));
    }
    replace(before, after);
    updateDepartures(after);
  }

  /** Stores how far the move of a tenant is, or that it has moved. */
  public void depart(TenantState before, TenantState after) {
    replace(before, after);
    updateDepartures(after);
  }

  /** Up to so many tenants that move to another cohort and have jobs that were not copied yet. */
  public List<String> departing(int limit) {
    return store.list(KeyLayout.departures(), limit);
  }

  private void updateDepartures(TenantState tenant) {
    if (tenant.departure() == null || tenant.departure().complete()) {
      store.remove(KeyLayout.departures(), tenant.name());
    } else {
      store.add(KeyLayout.departures(), tenant.name());
    }
  }

  /**
   * Suspends or resumes a tenant; returns whether that changed anything. A control event changes
   * nothing if a later one overtook it while the tenant moved to another cohort.
   */
  public boolean suspend(
      String name, String cohort, boolean now, @Nullable RecordPosition controlEvent) {
    TenantState tenantState = tenant(name, cohort);
    if (controlEvent != null && controlEvent.isAtOrBefore(tenantState.controlEvent())) {
      return false;
    }
    replace(tenantState, tenantState.withSuspended(now).withControlEvent(controlEvent));
    return tenantState.suspended() != now;
  }

  /** Removes a tenant's definition; returns whether it had one. */
  public boolean remove(String name, String cohort, Instant now) {
    TenantState tenantState = tenant(name, cohort);
    if (tenantState.limits() == null || tenantState.removedAt() != null) {
      return false;
    }
    depart(tenantState, tenantState.removed(now));
    return true;
  }

  /** The number of the next event about a tenant. */
  public long nextEventSequence(TenantState tenantState) {
    TenantState next = tenantState.withSequence(tenantState.sequence() + 1);
    store.put(Table.TENANTS, tenantState.name(), next);
    return next.sequence();
  }

  /** The number of the next job of a tenant. */
  public long nextArrival(String name, String cohort) {
    TenantState before = tenant(name, cohort);
    TenantState tenantState = before.withArrivals(before.arrivals() + 1);
    store.put(Table.TENANTS, name, tenantState);
    return tenantState.arrivals();
  }

  /** The tenant that gets a cohort's next slot; null without a slot or an eligible tenant. */
  @Nullable
  public String nextTenant(String cohort) {
    if (!cohort(cohort).hasFreeSlot()) {
      return null;
    }
    String member = store.first(KeyLayout.fairShare(cohort));
    return member == null ? null : member.substring(member.indexOf('/') + 1);
  }

  /** Whether anything is stored about a tenant. */
  public boolean isKnown(String name) {
    return store.get(Table.TENANTS, name) != null;
  }

  /** A tenant; one without limits if it is unknown. */
  public TenantState tenant(String name, String cohort) {
    TenantState known = store.get(Table.TENANTS, name);
    return known == null ? TenantState.unknown(name, cohort) : known;
  }

  /** A cohort; one without a limit if it is unknown. */
  public CohortState cohort(String name) {
    CohortState known = store.get(Table.COHORTS, name);
    return known == null ? CohortState.unlimited(name) : known;
  }

  private void replace(TenantState before, TenantState after) {
    String left = before.eligible() ? before.shareKey() : null;
    String entered = after.eligible() ? after.shareKey() : null;
    boolean moved = !before.cohort().equals(after.cohort());
    if (left != null && (moved || !left.equals(entered))) {
      store.remove(KeyLayout.fairShare(before.cohort()), left);
    }
    if (entered != null && (moved || !entered.equals(left))) {
      store.add(KeyLayout.fairShare(after.cohort()), entered);
    }
    store.put(Table.TENANTS, after.name(), after);
    changedTenants.add(after.name());
    changedCohorts.add(after.cohort());
  }

  private static boolean holdsSlot(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof HoldingSlot;
  }

  private static boolean isQueued(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Queued;
  }

  private static boolean isWaiting(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Waiting;
  }

  private static int asInt(boolean is) {
    return is ? 1 : 0;
  }
}
