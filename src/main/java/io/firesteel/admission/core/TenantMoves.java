package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Precancelled;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TenantState.Departure;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.Outcome;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.TenantHome;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves tenants whose definition names another cohort, which may be in another partition. At every
 * moment one partition alone decides about a tenant: its home. The home copies what it knows of the
 * tenant's ended jobs to the other cohort. Once no job is unfinished, it hands the tenant over, and
 * from then on forwards each message about it.
 */
final class TenantMoves {

  /** Jobs of a tenant that one decision copies; the next ones follow with the next tick. */
  private static final int COPIES_AT_ONCE = 100;

  private static final int MAX_TENANTS = 100;

  private final DecisionContext context;

  TenantMoves(DecisionContext context) {
    this.context = context;
  }

  /** The cohort to which a tenant has moved from here; null if this is its home. */
  @Nullable String home(String tenant) {
    return context.slots.tenant(tenant, tenant).home();
  }

  /** Stores a copy of a job, unless this is the tenant's home by now. */
  void copied(InboxMessage.JobCopied message, String cohort) {
    JobKey key = message.key();
    if (!context.slots.isKnown(key.tenant())) {
      TenantState elsewhere = TenantState.unknown(key.tenant(), cohort).moved(message.cohort());
      context.slots.depart(elsewhere, elsewhere);
    } else if (home(key.tenant()) == null) {
      return;
    }
    TrackedJob job = JsonCodec.MAPPER.convertValue(message.job(), TrackedJob.class);
    TrackedJob copy = job.withHead(job.head().withCohort(cohort));
    context.timers.update(context.job(key), copy);
    context.store.put(Table.JOBS, key.toString(), copy);
    boolean refused =
        job.state() instanceof Ended(var outcome, _, _, _) && outcome == Outcome.REFUSED;
    if (!refused) {
      context.objectVersions.record(key, job.head().version());
    }
  }

  /** Takes over a tenant, of which every job was copied before. */
  void arrived(InboxMessage.TenantMoved message, String cohort) {
    String tenant = message.limits().tenant();
    context.slots.arrive(message, cohort);
    context.output(new AdmissionOutput.UpdateTenantHome(tenant, new TenantHome(cohort, false)));
  }

  /** Copies the next jobs of every tenant that moves. */
  void copyNext() {
    context.slots.departing(MAX_TENANTS).forEach(this::copyNext);
  }

  /** Completes the moves that have become possible by this decision. Must come last in it. */
  void complete() {
    List<String> changed = List.copyOf(context.slots.changedTenants());
    changed.forEach(this::copyNext);
    List.copyOf(context.changedKeys).forEach(this::copy);
    for (String name : changed) {
      TenantState tenant = context.slots.tenant(name, name);
      if (tenant.canMove()) {
        move(tenant, Objects.requireNonNull(tenant.departure()).to());
      }
    }
  }

  private void copyNext(String name) {
    TenantState tenant = context.slots.tenant(name, name);
    Departure departure = tenant.departure();
    if (departure == null || departure.complete()) {
      return;
    }
    List<TrackedJob> next =
        context.store.records(Table.JOBS, name + "/", departure.copied(), COPIES_AT_ONCE);
    next.forEach(job -> context.changedKeys.add(job.key()));
    String last = next.isEmpty() ? departure.copied() : next.getLast().key().toString();
    Departure further = new Departure(departure.to(), last, next.size() < COPIES_AT_ONCE);
    context.slots.depart(tenant, tenant.withDeparture(further));
  }

  private void copy(JobKey key) {
    TenantState tenant = context.slots.tenant(key.tenant(), key.tenant());
    Departure departure = tenant.departure();
    TrackedJob job = departure == null ? null : context.job(key);
    if (departure != null && job != null && isSettled(job)) {
      send(departure.to(), new InboxMessage.JobCopied(key, tenant.cohort(), JsonCodec.toTree(job)));
    }
  }

  private void send(String cohort, InboxMessage message) {
    context.output(new AdmissionOutput.SendToCohort(cohort, message));
  }

  /** Whether a job is over or has not begun, so that a copy of it is good until it changes. */
  private static boolean isSettled(TrackedJob job) {
    return job.state() instanceof Ended || job.state() instanceof Precancelled;
  }

  private void move(TenantState tenant, String to) {
    context.slots.depart(tenant, tenant.moved(to));
    send(
        to,
        new InboxMessage.TenantMoved(
            Objects.requireNonNull(tenant.limits()),
            tenant.suspended(),
            tenant.controlEvent(),
            tenant.sequence(),
            Math.max(tenant.forgotten(), context.now.toEpochMilli())));
  }
}
