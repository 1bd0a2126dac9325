package io.firesteel.admission;

import io.firesteel.admission.JobState.Blocked;
import io.firesteel.admission.JobState.Delayed;
import io.firesteel.admission.JobState.Driving;
import io.firesteel.admission.JobState.Ended;
import io.firesteel.admission.JobState.Foretold;
import io.firesteel.admission.JobState.Queued;
import io.firesteel.admission.JobState.Running;
import io.firesteel.admission.JobState.Stopping;
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
final class Alarms {

  private final Desk desk;

  Alarms(Desk desk) {
    this.desk = desk;
  }

  /** Does what is due, for so many jobs at most; the rest stays due. */
  void run(int limit) {
    for (JobKey key : desk.wakes.due(desk.now, limit)) {
      TrackedJob job = desk.job(key);
      if (job != null) {
        ring(job);
      }
    }
    desk.removals.run(desk, limit);
  }

  private void ring(TrackedJob job) {
    Instant at = desk.wakes.wakeAt(job);
    if (at == null || at.isAfter(desk.now)) {
      desk.wakes.again(job);
      return;
    }
    switch (job.state()) {
      case Foretold _, Ended _ -> desk.forget(job);
      case JobState.Waiting waiting -> ring(job, waiting);
      case Driving driving -> ring(job, driving);
      case Stopping _ -> {}
    }
  }

  private void ring(TrackedJob job, JobState.Waiting waiting) {
    if (passed(Wakes.queueEnd(job))) {
      desk.move(job, job.in(tooLate(waiting, job, desk.now)));
      return;
    }
    switch (waiting) {
      case Delayed delayed -> desk.move(job, job.in(delayed.ready()));
      case Blocked blocked -> missing(job, blocked);
      case Queued _ -> {}
    }
  }

  private void ring(TrackedJob job, Driving driving) {
    Stop why = overdue(job, driving);
    desk.move(
        job,
        job.in(driving.stop(why, desk.now)),
        new JobEvent.DeadlinePassed(job.attempt(), why.failure()));
  }

  private void missing(TrackedJob job, Blocked blocked) {
    for (Dependency dependency : blocked.on()) {
      if (desk.dependencies.unknown(job.key().tenant(), dependency)) {
        Failure failure =
            Failure.of(
                FailureCategory.DEPENDENCY,
                "DependencyUnknown",
                "Nobody has asked for job %s, which this job depends on"
                    .formatted(dependency.jobId()));
        desk.move(job, job.in(blocked.end(Outcome.FAILED, failure, desk.now)));
        return;
      }
    }
    desk.move(job, job.in(blocked.allKnown()).waiting(job.waiting()));
  }

  private Stop overdue(TrackedJob job, Driving driving) {
    Deadlines deadlines = job.head().deadlines();
    if (passed(deadlines.finishBy())) {
      return Stop.deadline("FinishDeadlinePassed", "The job had to end by " + deadlines.finishBy());
    }
    return driving instanceof Running
        ? Stop.deadline(
            "RunDeadlinePassed", "The driver ran for longer than " + deadlines.runWithin())
        : Stop.deadline(
            "StartDeadlinePassed", "The driver did not start within " + deadlines.startWithin());
  }

  private boolean passed(@Nullable Instant end) {
    return end != null && !end.isAfter(desk.now);
  }

  /** The end of a job that waited for too long: expired if it was never attempted. */
  static Ended tooLate(JobState.Waiting waiting, TrackedJob job, Instant now) {
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
                "The job had to get a slot by " + deadlines.admitBy());
    return waiting.end(job.attempt() == 0 ? Outcome.EXPIRED : Outcome.FAILED, failure, now);
  }
}
