package io.firesteel.admission.core;

import io.firesteel.admission.index.Timers;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Delayed;
import io.firesteel.admission.state.JobState.DriverDesired;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Precancelled;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.JobState.Running;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens by the clock alone: deadlines, ends of pauses, forgetting. */
final class DueTimers {

  private final DecisionContext context;

  DueTimers(DecisionContext context) {
    this.context = context;
  }

  /** Does what is due, for so many jobs at most; the rest stays due. */
  void fireDue(int limit) {
    for (JobKey key : context.timers.takeDue(context.now, limit)) {
      TrackedJob job = context.job(key);
      if (job != null) {
        fire(job);
      }
    }
    context.removedTenants.cancelOverdue(context, limit);
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
      case DriverDesired driverDesired -> fire(job, driverDesired);
      case Stopping _ -> {}
    }
  }

  private void fire(TrackedJob job, JobState.Waiting waiting) {
    if (passed(Timers.waitDeadline(job))) {
      context.transition(job, job.withState(waitDeadlineMissed(waiting, job, context.now)));
      return;
    }
    switch (waiting) {
      case Delayed delayed -> context.transition(job, job.withState(delayed.ready()));
      case Blocked blocked -> unknownDependency(job, blocked);
      case Queued _ -> {}
    }
  }

  private void fire(TrackedJob job, DriverDesired driverDesired) {
    StopReason why = missedDeadline(job, driverDesired);
    context.transition(
        job,
        job.withState(driverDesired.stop(why, context.now)),
        new JobEvent.JobDeadlinePassed(job.attempt(), why.failure()));
  }

  private void unknownDependency(TrackedJob job, Blocked blocked) {
    for (Dependency dependency : blocked.on()) {
      if (context.dependencyGraph.unknown(job.key().tenant(), dependency)) {
        Failure failure =
            Failure.of(
                FailureCategory.DEPENDENCY,
                "DependencyUnknown",
                "Nobody has asked for job %s, which this job depends on"
                    .formatted(dependency.jobId()));
        context.transition(job, job.withState(blocked.end(Outcome.FAILED, failure, context.now)));
        return;
      }
    }
    context.transition(job, job.withState(blocked.withAllKnown()).waiting(job.waiting()));
  }

  private StopReason missedDeadline(TrackedJob job, DriverDesired driverDesired) {
    Deadlines deadlines = job.head().deadlines();
    if (passed(deadlines.finishBy())) {
      return StopReason.deadline(
          "FinishDeadlinePassed", "The job had to end by " + deadlines.finishBy());
    }
    return driverDesired instanceof Running
        ? StopReason.deadline(
            "RunDeadlinePassed", "The driver ran for longer than " + deadlines.runWithin())
        : StopReason.deadline(
            "StartDeadlinePassed", "The driver did not start within " + deadlines.startWithin());
  }

  private boolean passed(@Nullable Instant end) {
    return end != null && !end.isAfter(context.now);
  }

  /** The end of a job that waited for too long: expired if it was never attempted. */
  static Ended waitDeadlineMissed(JobState.Waiting waiting, TrackedJob job, Instant now) {
    Deadlines deadlines = job.head().deadlines();
    Instant finishBy = deadlines.finishBy();
    boolean finish = finishBy != null && !finishBy.isAfter(now);
    Failure failure =
        finish
            ? Failure.of(
                FailureCategory.DEADLINE,
                "FinishDeadlinePassed",
                "The job had to end by " + finishBy)
            : Failure.of(
                FailureCategory.DEADLINE,
                "AdmitDeadlinePassed",
                "The job had to get a slot by " + deadlines.startBy());
    return waiting.end(job.attempt() == 0 ? Outcome.EXPIRED : Outcome.FAILED, failure, now);
  }
}
