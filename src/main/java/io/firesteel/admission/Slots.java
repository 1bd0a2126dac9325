package io.firesteel.admission;

import io.firesteel.admission.JobState.Holding;
import io.firesteel.admission.JobState.Queued;
import io.firesteel.admission.JobState.Waiting;
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
final class Slots {

  private final State state;
  private final Set<String> touchedCohorts = new LinkedHashSet<>();
  private final Set<String> touchedTenants = new LinkedHashSet<>();

  Slots(State state) {
    this.state = state;
  }

  /** Cohorts in which somebody may have become able to start. */
  Set<String> touchedCohorts() {
    return touchedCohorts;
  }

  /** Tenants whose counts changed. */
  Set<String> touchedTenants() {
    return touchedTenants;
  }

  /** Takes and gives back what a change of a job's state means. */
  void follow(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    int used = one(holds(after)) - one(holds(before));
    int ready = one(queues(after)) - one(queues(before));
    int waiting = one(waits(after)) - one(waits(before));
    if (used == 0 && ready == 0 && waiting == 0) {
      return;
    }
    JobHead head = Objects.requireNonNull(after == null ? before : after).head();
    Tenant tenant = tenant(head.key().tenant(), head.cohort());
    Tenant counted = tenant.counted(used, ready, waiting);
    Cohort cohort = cohort(tenant.cohort());
    if (tenant.ready() == 0 && counted.ready() > 0) {
      counted = counted.notBehind(cohort.pass());
    }
    if (used > 0) {
      cohort = cohort.served(tenant.pass());
      counted = counted.served();
    }
    replace(tenant, counted);
    if (used != 0) {
      state.put(Table.COHORTS, cohort.name(), cohort.counted(used));
    }
  }

  /** New limits for a tenant; its jobs move with it if the cohort is another one. */
  void define(TenantLimits limits) {
    Tenant tenant = tenant(limits.tenant(), limits.cohort());
    Cohort left = cohort(tenant.cohort());
    state.put(Table.COHORTS, left.name(), left.counted(-tenant.used()));
    Cohort entered = cohort(limits.cohort());
    state.put(
        Table.COHORTS,
        entered.name(),
        entered.limited(limits.cohortMaxConcurrency()).counted(tenant.used()));
    replace(tenant, tenant.defined(limits));
    touchedCohorts.add(left.name());
  }

  /** Closes or opens a tenant; whether that changed anything. */
  boolean suspend(String name, String cohort, boolean now) {
    Tenant tenant = tenant(name, cohort);
    replace(tenant, tenant.suspended(now));
    return tenant.suspended() != now;
  }

  /** Takes a tenant's limits away; whether it had any. */
  boolean remove(String name, String cohort, Instant now) {
    Tenant tenant = tenant(name, cohort);
    if (tenant.limits() == null || tenant.removedAt() != null) {
      return false;
    }
    replace(tenant, tenant.removed(now));
    return true;
  }

  /** Numbers one more event about a tenant. */
  long told(Tenant tenant) {
    Tenant told = tenant.told(tenant.told() + 1);
    state.put(Table.TENANTS, tenant.name(), told);
    return told.told();
  }

  /** Numbers one more job of a tenant. */
  long arrival(String name, String cohort) {
    Tenant tenant = tenant(name, cohort).arrived();
    state.put(Table.TENANTS, name, tenant);
    return tenant.arrivals();
  }

  /** The tenant that gets a cohort's next slot; null if there is no slot or nobody to take it. */
  @Nullable String next(String cohort) {
    if (!cohort(cohort).open()) {
      return null;
    }
    String member = state.first(group(cohort));
    return member == null ? null : member.substring(member.indexOf('/') + 1);
  }

  /** A tenant as it is known; one never heard of has no limits yet. */
  Tenant tenant(String name, String cohort) {
    Tenant known = state.get(Table.TENANTS, name);
    return known == null ? Tenant.unknown(name, cohort) : known;
  }

  /** A cohort; one never heard of has no limit of its own. */
  Cohort cohort(String name) {
    Cohort known = state.get(Table.COHORTS, name);
    return known == null ? Cohort.unlimited(name) : known;
  }

  private void replace(Tenant before, Tenant after) {
    String left = before.eligible() ? before.shareKey() : null;
    String entered = after.eligible() ? after.shareKey() : null;
    boolean moved = !before.cohort().equals(after.cohort());
    if (left != null && (moved || !left.equals(entered))) {
      state.remove(group(before.cohort()), left);
    }
    if (entered != null && (moved || !entered.equals(left))) {
      state.add(group(after.cohort()), entered);
    }
    state.put(Table.TENANTS, after.name(), after);
    touchedTenants.add(after.name());
    touchedCohorts.add(after.cohort());
  }

  private static boolean holds(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Holding;
  }

  private static boolean queues(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Queued;
  }

  private static boolean waits(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Waiting;
  }

  private static int one(boolean is) {
    return is ? 1 : 0;
  }

  private static String group(String cohort) {
    return "e/" + Order.name(cohort) + "/";
  }
}
