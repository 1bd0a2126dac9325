package io.firesteel.admission.core;

import io.firesteel.admission.index.Timers;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Active;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Delayed;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Precancelled;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.JobState.Running;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Handles what happens only because time passes: a deadline, the end of a wait or of retention, and
 * the cancellation of the jobs of removed tenants.
 */
final class DueTimers {

  private static final int MAX_FOLLOW_UPS = 100;

  private final DecisionContext context;

  DueTimers(DecisionContext context) {
    this.context = context;
  }

  /**
   * Handles up to {@code limit} jobs whose timers are due; the others stay due. Takes up what
   * earlier decisions left.
   */
  void fireDue(int limit) {
    for (JobKey key : context.timers.takeDue(context.now, limit)) {
      TrackedJob job = context.job(key);
      if (job != null) {
        fire(job);
      }
    }
    cancelOfRemovedTenants(limit);
    context.slots.changedCohorts().addAll(context.followUps.takeCohorts(MAX_FOLLOW_UPS));
    context.endedJobs.addAll(context.followUps.takeEnded(MAX_FOLLOW_UPS));
  }

  private void fire(TrackedJob job) {
    Instant at = context.timers.dueAt(job);
    if (at == null || at.isAfter(context.now)) {
      context.timers.rearm(job);
      return;
    }
    switch (job.state()) {
      case Precancelled _, Ended _ -> context.forget(job);
      case JobState.Waiting waiting -> fire(job, waiting);
      case Active active -> fire(job, active);
      case Stopping _ -> {}
    }
  }

  private void fire(TrackedJob job, JobState.Waiting waiting) {
    if (passed(Timers.waitDeadline(job))) {
      Failure failure = JobFailures.waitDeadlinePassed(job.head().deadlines(), context.now);
      Outcome outcome = job.attempt() == 0 ? Outcome.EXPIRED : Outcome.FAILED;
      context.transition(job, job.withState(waiting.end(outcome, failure, context.now)));
      return;
    }
    switch (waiting) {
      case Delayed delayed -> context.transition(job, job.withState(delayed.ready()));
      case Blocked blocked -> unknownDependency(job, blocked);
      case Queued _ -> {}
    }
  }

  private void fire(TrackedJob job, Active active) {
    StopReason why = new StopReason(Outcome.FAILED, missedDeadline(job, active));
    context.transition(
        job,
        job.withState(active.stop(why, context.now)),
        new JobEvent.JobDeadlinePassed(job.attempt(), why.failure()));
  }

  private void unknownDependency(TrackedJob job, Blocked blocked) {
    for (Dependency dependency : blocked.on()) {
      if (context.dependencyGraph.unknown(job.key().tenant(), dependency)) {
        Failure failure =
            JobFailures.dependencyUnknown(dependency, context.settings.unknownDependencyWait());
        context.transition(job, job.withState(blocked.end(Outcome.FAILED, failure, context.now)));
        return;
      }
    }
    context.transition(job, job.withState(blocked.withAllKnown()).withWaiting(job.waiting()));
  }

  private Failure missedDeadline(TrackedJob job, Active active) {
    Deadlines deadlines = job.head().deadlines();
    if (passed(deadlines.finishBy())) {
      return JobFailures.finishByPassed(deadlines);
    }
    return active instanceof Running
        ? JobFailures.runWithinExceeded(deadlines)
        : JobFailures.startWithinExceeded(deadlines);
  }

  private boolean passed(@Nullable Instant end) {
    return end != null && !end.isAfter(context.now);
  }

  /**
   * Cancels up to {@code limit} queued jobs whose tenants were removed too long ago: a definition
   * may be removed by mistake. A blocked or delayed job is cancelled once it enters the queue.
   */
  private void cancelOfRemovedTenants(int limit) {
    int left = limit;
    for (TenantState tenant : context.removals.overdue(context.now)) {
      left = cancelQueued(tenant.name(), left);
      if (left > 0 && context.slots.tenant(tenant.name(), tenant.cohort()).waiting() == 0) {
        context.removals.remove(tenant);
      }
    }
  }

  private int cancelQueued(String tenant, int limit) {
    int left = limit;
    for (TrackedJob job = nextQueued(tenant, left); job != null; job = nextQueued(tenant, left)) {
      Queued queued = (Queued) job.state();
      context.transition(
          job,
          job.withState(queued.end(Outcome.CANCELLED, JobFailures.tenantRemoved(), context.now)));
      left--;
    }
    return left;
  }

  private @Nullable TrackedJob nextQueued(String tenant, int left) {
    return left > 0 ? context.nextQueued(tenant) : null;
  }
}
