package io.firesteel.admission.core;

import io.firesteel.admission.core.AdmissionInput.JobFailed;
import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.event.JobEvent;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides about jobs, without Kafka and without Kubernetes. The same state, input and time always
 * give the same state and outputs. A decision touches O(log n) records for each job that it
 * changes, and changes a bounded number of jobs; {@link Tick} continues what it left. When nothing
 * is left, no eligible job waits while a slot that it could use is free.
 */
public final class Admission {

  /** How many jobs a decision admits, and how many dependents it releases or ends. */
  static final int MAX_JOBS = 250;

  private final AdmissionSettings settings;

  public Admission(AdmissionSettings settings) {
    this.settings = settings;
  }

  /**
   * Decides on one input: changes the state and returns what the caller must do, in order, once it
   * has flushed the store.
   *
   * @throws DecisionException if the decision fails; the caller must not flush the store
   */
  public List<AdmissionOutput> decide(WriteBackStore store, AdmissionInput input, Instant now) {
    boolean failed = input instanceof JobFailed;
    DecisionContext context =
        new DecisionContext(store, failed ? settings.withoutLinks() : settings, now);
    try {
      decide(context, input);
      return context.finish();
    } catch (RuntimeException | StackOverflowError e) {
      throw new DecisionException(context.current(), e);
    }
  }

  private static void decide(DecisionContext context, AdmissionInput input) {
    TenantMoves moves = new TenantMoves(context);
    switch (input) {
      case MessageArrived(var cohort, var message) -> handle(context, moves, cohort, message);
      case Tick(var limit) -> {
        new DueTimers(context).fireDue(limit);
        moves.copyNext();
      }
      case JobFailed jobFailed -> {
        new FailedJobs(context).end(jobFailed);
        context.endedJobs.forEach(context.followUps::addEnded);
        context.slots.changedCohorts().forEach(context.followUps::addCohort);
        return;
      }
    }
    new DependencyResolution(context).resolve(MAX_JOBS);
    admit(context);
    publishWaiting(context);
    moves.complete();
  }

  /** Handles a message in the tenant's home, and forwards it there if it has moved. */
  private static void handle(
      DecisionContext context, TenantMoves moves, String key, InboxMessage message) {
    switch (message) {
      case InboxMessage.JobCopied copied -> moves.copied(copied, key);
      case InboxMessage.TenantMoved moved -> moves.arrived(moved, key);
      default -> {
        String home = moves.home(message.tenant());
        if (home == null) {
          handle(context, context.slots.tenant(message.tenant(), key).cohort(), message);
        } else {
          context.output(new AdmissionOutput.SendToCohort(home, message));
        }
      }
    }
  }

  private static void handle(DecisionContext context, String cohort, InboxMessage message) {
    switch (message) {
      case InboxMessage.JobSubmitted(var job) ->
          new JobSubmissions(context)
              .submitted(job.cohort().equals(cohort) ? job : job.withCohort(cohort));
      case InboxMessage.JobRejected jobRejected ->
          new JobSubmissions(context).rejected(jobRejected, cohort);
      case InboxMessage.CancelRequested cancel -> new ControlEvents(context).cancel(cancel, cohort);
      case InboxMessage.PriorityChanged changed ->
          new ControlEvents(context).changePriority(changed, cohort);
      case InboxMessage.TenantDefined(var limits) ->
          new ControlEvents(context).define(limits, cohort);
      case InboxMessage.TenantRemoved(var tenant) ->
          new ControlEvents(context).remove(tenant, cohort);
      case InboxMessage.TenantSuspended(var tenant, var origin) ->
          new ControlEvents(context).suspend(tenant, cohort, origin);
      case InboxMessage.TenantResumed(var tenant, var origin) ->
          new ControlEvents(context).resume(tenant, cohort, origin);
      case InboxMessage.Observed(var observation) ->
          new Observations(context).observed(observation);
      case InboxMessage.JobCopied _, InboxMessage.TenantMoved _ ->
          throw new AssertionError("handled before");
    }
  }

  private static void admit(DecisionContext context) {
    int left = MAX_JOBS;
    for (String cohort : List.copyOf(context.slots.changedCohorts())) {
      String tenant = context.slots.nextTenant(cohort);
      for (; tenant != null && left > 0; tenant = context.slots.nextTenant(cohort)) {
        TrackedJob next = context.nextQueued(tenant);
        if (next != null) {
          admit(context, next);
          left--;
        }
      }
      if (tenant != null) {
        context.followUps.addCohort(cohort);
      }
    }
  }

  private static void admit(DecisionContext context, TrackedJob job) {
    Queued queued = (Queued) job.state();
    int attempt = job.attempt() + 1;
    context.transition(
        job,
        job.withState(queued.admit(context.now))
            .startAttempt(attempt)
            .withTimeline(job.timeline().admitted(context.now)),
        new JobEvent.JobAdmitted(attempt, Objects.requireNonNull(job.head().namespace())));
  }

  private static void publishWaiting(DecisionContext context) {
    for (JobKey key : context.newlyQueued) {
      TrackedJob job = context.job(key);
      if (job != null && job.state() instanceof Queued) {
        WaitingStatus waitingStatus =
            new WaitingStatus(
                reason(context, job), context.readyQueue.position(job), null, List.of());
        context.transition(
            job, job.withWaiting(waitingStatus), new JobEvent.JobWaiting(waitingStatus));
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
