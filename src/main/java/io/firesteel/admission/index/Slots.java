package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.CohortState;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState.HoldingSlot;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.JobState.Waiting;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.job.TenantLimits;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who holds how many slots, and which tenant gets the next one: the one that uses the least of its
 * weighted share; among equals the one that was served least. A tenant's unused share is thus lent
 * to the others and comes back as their jobs end.
 */
public final class Slots {

  private final AdmissionStore store;
  private final Set<String> changedCohorts = new LinkedHashSet<>();
  private final Set<String> changedTenants = new LinkedHashSet<>();

  public Slots(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Cohorts in which somebody may have become able to start. */
  public Set<String> changedCohorts() {
    return changedCohorts;
  }

  /** Tenants whose counts changed. */
  public Set<String> changedTenants() {
    return changedTenants;
  }

  /** Takes and gives back what a change of a job's state means. */
  public void update(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    int used = asInt(holdsSlot(after)) - asInt(holdsSlot(before));
    int ready = asInt(isQueued(after)) - asInt(isQueued(before));
    int waiting = asInt(isWaiting(after)) - asInt(isWaiting(before));
    if (used == 0 && ready == 0 && waiting == 0) {
      return;
    }
    JobMetadata head = Objects.requireNonNull(after == null ? before : after).head();
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

  /** New limits for a tenant; its jobs move with it if the cohort is another one. */
  public void define(TenantLimits limits) {
    TenantState tenantState = tenant(limits.tenant(), limits.cohort());
    CohortState left = cohort(tenantState.cohort());
    store.put(Table.COHORTS, left.name(), left.addUsed(-tenantState.used()));
    CohortState entered = cohort(limits.cohort());
    store.put(
        Table.COHORTS,
        entered.name(),
        entered.withLimit(limits.cohortMaxConcurrency()).addUsed(tenantState.used()));
    replace(tenantState, tenantState.withLimits(limits));
    changedCohorts.add(left.name());
  }

  /** Closes or opens a tenant; whether that changed anything. */
  public boolean suspend(String name, String cohort, boolean now) {
    TenantState tenantState = tenant(name, cohort);
    replace(tenantState, tenantState.suspended(now));
    return tenantState.suspended() != now;
  }

  /** Takes a tenant's limits away; whether it had any. */
  public boolean remove(String name, String cohort, Instant now) {
    TenantState tenantState = tenant(name, cohort);
    if (tenantState.limits() == null || tenantState.removedAt() != null) {
      return false;
    }
    replace(tenantState, tenantState.removed(now));
    return true;
  }

  /** Numbers one more event about a tenant. */
  public long nextEventSequence(TenantState tenantState) {
    TenantState told = tenantState.withSequence(tenantState.sequence() + 1);
    store.put(Table.TENANTS, tenantState.name(), told);
    return told.sequence();
  }

  /** Numbers one more job of a tenant. */
  public long nextArrival(String name, String cohort) {
    TenantState tenantState = tenant(name, cohort).withArrival();
    store.put(Table.TENANTS, name, tenantState);
    return tenantState.arrivals();
  }

  /** The tenant that gets a cohort's next slot; null if there is no slot or nobody to take it. */
  @Nullable
  public String nextTenant(String cohort) {
    if (!cohort(cohort).hasFreeSlot()) {
      return null;
    }
    String member = store.first(group(cohort));
    return member == null ? null : member.substring(member.indexOf('/') + 1);
  }

  /** A tenant as it is known; one never heard of has no limits yet. */
  public TenantState tenant(String name, String cohort) {
    TenantState known = store.get(Table.TENANTS, name);
    return known == null ? TenantState.unknown(name, cohort) : known;
  }

  /** A cohort; one never heard of has no limit of its own. */
  public CohortState cohort(String name) {
    CohortState known = store.get(Table.COHORTS, name);
    return known == null ? CohortState.unlimited(name) : known;
  }

  private void replace(TenantState before, TenantState after) {
    String left = before.eligible() ? before.shareKey() : null;
    String entered = after.eligible() ? after.shareKey() : null;
    boolean moved = !before.cohort().equals(after.cohort());
    if (left != null && (moved || !left.equals(entered))) {
      store.remove(group(before.cohort()), left);
    }
    if (entered != null && (moved || !entered.equals(left))) {
      store.add(group(after.cohort()), entered);
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

  private static String group(String cohort) {
    return "e/" + SortKey.lengthPrefixed(cohort) + "/";
  }
}
