package io.firesteel.admission.core;

import io.firesteel.admission.index.DependencyGraph;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Delayed;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import java.time.Instant;
import java.util.List;

/** Unblocks or fails the jobs that depend on a job that ended. */
final class DependencyResolution {

  private final DecisionContext context;

  DependencyResolution(DecisionContext context) {
    this.context = context;
  }

  /**
   * Handles jobs that ended in this decision, and jobs that end because of it, until {@code limit}
   * jobs that depend on them are handled. The next tick continues.
   */
  void resolve(int limit) {
    int left = limit;
    for (JobKey ended = context.endedJobs.poll(); ended != null; ended = context.endedJobs.poll()) {
      left -= resolve(ended, left);
    }
  }

  private int resolve(JobKey ended, int limit) {
    TrackedJob endedJob = context.job(ended);
    if (endedJob == null || !(endedJob.state() instanceof Ended(var outcome, _, _, _))) {
      return 0;
    }
    List<JobKey> dependents = context.dependencyGraph.dependents(ended, limit + 1);
    dependents.stream().limit(limit).forEach(key -> resolve(key, ended.id(), outcome));
    if (dependents.size() > limit) {
      context.followUps.addEnded(ended);
    }
    return Math.min(dependents.size(), limit);
  }

  private void resolve(JobKey key, String endedId, Outcome outcome) {
    TrackedJob job = context.job(key);
    if (job == null || !(job.state() instanceof Blocked blocked)) {
      context.dependencyGraph.removeDependent(key, endedId);
      return;
    }
    for (Dependency dependency : blocked.on()) {
      if (dependency.jobId().equals(endedId)
          && !DependencyGraph.satisfies(outcome, dependency.condition())) {
        Failure failure = JobFailures.dependencyNotFulfilled(dependency, outcome);
        context.transition(job, job.withState(blocked.end(Outcome.FAILED, failure, context.now)));
        return;
      }
    }
    List<Dependency> left = blocked.on().stream().filter(d -> !d.jobId().equals(endedId)).toList();
    if (left.isEmpty()) {
      ready(job, blocked);
    } else {
      context.transition(
          job,
          job.withState(blocked.on(left))
              .withWaiting(WaitingStatus.dependencies(left, blocked.unknownUntil())));
    }
  }

  private void ready(TrackedJob job, Blocked blocked) {
    Instant notBefore = job.head().notBefore();
    if (notBefore == null || !notBefore.isAfter(context.now)) {
      context.transition(job, job.withState(blocked.ready()));
      return;
    }
    Delayed delayed = blocked.delay(notBefore);
    WaitingStatus waitingStatus = WaitingStatus.until(WaitingReason.NOT_BEFORE, notBefore);
    context.transition(
        job,
        job.withState(delayed).withWaiting(waitingStatus),
        new JobEvent.JobWaiting(waitingStatus));
  }
}
