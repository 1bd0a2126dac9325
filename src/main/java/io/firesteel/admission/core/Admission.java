package io.firesteel.admission.core;

import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobEvent;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides what becomes of jobs: the whole rule book, without Kafka and without Kubernetes. The same
 * state, input and time always give the same state and outputs. After each decision no slot is free
 * that an eligible job could use. A decision touches O(log n) records for each job that it moves.
 *
 * <p>Failure modes: an exception leaves the state half written; whoever calls must then throw the
 * state away or roll it back, as a Kafka transaction does.
 */
public final class Admission {

  private final AdmissionSettings settings;

  /** With the operator's settings. */
  public Admission(AdmissionSettings settings) {
    this.settings = settings;
  }

  /** Decides on one input; changes the state and says what is to be done. */
  public List<AdmissionOutput> decide(
      AdmissionStore admissionStore, AdmissionInput input, Instant now) {
    DecisionContext context = new DecisionContext(admissionStore, settings, now);
    switch (input) {
      case MessageArrived(var cohort, var message) -> handle(context, cohort, message);
      case Tick(var limit) -> new DueTimers(context).fireDue(limit);
    }
    new DependencyResolution(context).resolveAll();
    admit(context);
    explain(context);
    return context.finish();
  }

  private static void handle(DecisionContext context, String cohort, InboxMessage message) {
    switch (message) {
      case InboxMessage.JobSubmitted(var job) -> new JobSubmissions(context).submitted(job);
      case InboxMessage.JobRejected jobRejected ->
          new JobSubmissions(context).rejected(jobRejected, cohort);
      case InboxMessage.CancelRequested cancel ->
          new ControlCommands(context).cancelled(cancel, cohort);
      case InboxMessage.PriorityChanged changed ->
          new ControlCommands(context).prioritised(changed, cohort);
      case InboxMessage.TenantDefined(var limits) -> new ControlCommands(context).defined(limits);
      case InboxMessage.TenantRemoved(var tenant) ->
          new ControlCommands(context).removed(tenant, cohort);
      case InboxMessage.TenantSuspended(var tenant, var origin) ->
          new ControlCommands(context).suspended(tenant, cohort, origin);
      case InboxMessage.TenantResumed(var tenant, var origin) ->
          new ControlCommands(context).resumed(tenant, cohort, origin);
      case InboxMessage.Observed(var seen) -> new Observations(context).observed(seen);
    }
  }

  private static void admit(DecisionContext context) {
    for (String cohort : List.copyOf(context.slots.changedCohorts())) {
      for (String tenant = context.slots.nextTenant(cohort);
          tenant != null;
          tenant = context.slots.nextTenant(cohort)) {
        admit(context, Objects.requireNonNull(context.readyQueue.first(tenant)));
      }
    }
  }

  private static void admit(DecisionContext context, JobKey next) {
    TrackedJob job = Objects.requireNonNull(context.job(next));
    if (!(job.state() instanceof Queued queued)) {
      throw new IllegalStateException("a job stands in a queue and is not queued: " + next);
    }
    int attempt = job.attempt() + 1;
    context.transition(
        job,
        job.withState(queued.admit(context.now))
            .startAttempt(attempt)
            .timeline(job.timeline().admitted(context.now)),
        new JobEvent.JobAdmitted(attempt, Objects.requireNonNull(job.head().namespace())));
  }

  private static void explain(DecisionContext context) {
    for (JobKey key : context.newlyQueued()) {
      TrackedJob job = context.job(key);
      if (job != null && job.state() instanceof Queued) {
        WaitingStatus waitingStatus =
            new WaitingStatus(
                reason(context, job), context.readyQueue.position(job), null, List.of());
        context.transition(job, job.waiting(waitingStatus), new JobEvent.JobWaiting(waitingStatus));
      }
    }
  }

  private static WaitingReason reason(DecisionContext context, TrackedJob job) {
    TenantState tenantState = context.slots.tenant(job.key().tenant(), job.head().cohort());
    if (tenantState.limits() == null || tenantState.removedAt() != null) {
      return WaitingReason.TENANT_UNKNOWN;
    }
    if (tenantState.suspended()) {
      return WaitingReason.SUSPENDED;
    }
    return tenantState.hasFreeSlot() ? WaitingReason.COHORT_LIMIT : WaitingReason.TENANT_LIMIT;
  }
}
