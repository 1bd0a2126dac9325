package io.firesteel.admission;

import io.firesteel.admission.JobState.Blocked;
import io.firesteel.admission.JobState.Delayed;
import io.firesteel.admission.JobState.Ended;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.Waiting;
import io.firesteel.event.WaitingReason;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import java.time.Instant;
import java.util.List;

/** What the end of a job means for those that wait for it. */
final class Releases {

  private final Desk desk;

  Releases(Desk desk) {
    this.desk = desk;
  }

  /** Works through all that ended in this decision, and all that ends because of it. */
  void run() {
    for (JobKey ended = desk.nextEnded(); ended != null; ended = desk.nextEnded()) {
      TrackedJob over = desk.job(ended);
      if (over != null && over.state() instanceof Ended(var outcome, _, _)) {
        for (JobKey dependent : desk.dependencies.dependents(ended)) {
          release(dependent, ended.id(), outcome);
        }
      }
    }
  }

  private void release(JobKey key, String endedId, Outcome outcome) {
    TrackedJob job = desk.job(key);
    if (job == null || !(job.state() instanceof Blocked blocked)) {
      return;
    }
    for (Dependency dependency : blocked.on()) {
      if (dependency.jobId().equals(endedId)
          && !Dependencies.fulfils(outcome, dependency.condition())) {
        Failure failure = impossible(dependency);
        desk.move(job, job.in(blocked.end(Outcome.FAILED, failure, desk.now)));
        return;
      }
    }
    List<Dependency> left = blocked.on().stream().filter(d -> !d.jobId().equals(endedId)).toList();
    if (left.isEmpty()) {
      ready(job, blocked);
    } else {
      desk.move(job, job.in(blocked.on(left)).waiting(waitingFor(blocked, left)));
    }
  }

  private void ready(TrackedJob job, Blocked blocked) {
    Instant notBefore = job.head().notBefore();
    if (notBefore == null || !notBefore.isAfter(desk.now)) {
      desk.move(job, job.in(blocked.ready()));
      return;
    }
    Delayed delayed = blocked.delay(notBefore);
    Waiting waiting = Waiting.until(WaitingReason.NOT_BEFORE, notBefore);
    desk.move(job, job.in(delayed).waiting(waiting), new JobEvent.StillWaiting(waiting));
  }

  static Failure impossible(Dependency dependency) {
    return Failure.of(
        FailureCategory.DEPENDENCY,
        "DependencyNotFulfilled",
        "Job %s ended, but not with %s, which this job depends on"
            .formatted(dependency.jobId(), dependency.condition()));
  }

  private static Waiting waitingFor(Blocked blocked, List<Dependency> left) {
    return new Waiting(WaitingReason.DEPENDENCY, null, blocked.unknownUntil(), ids(left));
  }

  static List<String> ids(List<Dependency> dependencies) {
    return dependencies.stream().map(Dependency::jobId).distinct().toList();
  }
}
