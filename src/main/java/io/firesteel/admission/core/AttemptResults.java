package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState.Active;
import io.firesteel.admission.state.JobState.HoldingSlot;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.admission.state.TrackedJob.FailureCounts;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.inbox.Observation;
import io.firesteel.inbox.Outputs;
import io.firesteel.job.Failure;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides what follows when an attempt ends. Every outcome frees the job's slot. */
final class AttemptResults {

  private final DecisionContext context;
  private final Retries retries;

  AttemptResults(DecisionContext context) {
    this.context = context;
    this.retries = new Retries(context.settings);
  }

  /** The cluster rejected the driver; no pod exists. */
  void rejected(TrackedJob job, HoldingSlot holdingSlot, Observation.Rejected observation) {
    switch (holdingSlot) {
      case Active active -> failed(job, active, observation.failure(), observation.at(), true);
      case Stopping stopping -> stopped(job, stopping, observation.at());
    }
  }

  /** The driver's container ended, by itself or because Firesteel stopped it. */
  void finished(TrackedJob job, HoldingSlot holdingSlot, Observation.Finished observation) {
    TrackedJob done = job.withTimeline(job.timeline().finished(observation.at()));
    Failure failure = observation.failure();
    switch (holdingSlot) {
      case Active active -> {
        if (failure == null) {
          succeeded(done, active, observation);
        } else {
          failed(done, active, failure, observation.at(), false);
        }
      }
      case Stopping stopping -> {
        if (failure == null && !observation.at().isAfter(stopping.at())) {
          succeeded(job, done, stopping, observation.outputs());
        } else {
          stopped(job, stopping, observation.at());
        }
      }
    }
  }

  /** The driver pod no longer exists. */
  void gone(TrackedJob job, HoldingSlot holdingSlot, Observation.Gone observation) {
    switch (holdingSlot) {
      case Active active -> failed(job, active, observation.failure(), observation.at(), false);
      case Stopping stopping -> stopped(job, stopping, observation.at());
    }
  }

  /**
   * The cluster was given up. The job fails, even one that is being stopped, because nobody knows
   * that its driver is gone; it is not retried, because it stays bound to that cluster.
   */
  void abandoned(TrackedJob job, HoldingSlot holdingSlot, Observation.Abandoned observation) {
    Failure failure = observation.failure();
    context.transition(
        job,
        job.withState(holdingSlot.end(Outcome.FAILED, failure, context.now)),
        new JobEvent.AttemptFailed(job.attempt(), false, failure));
  }

  private void stopped(TrackedJob job, Stopping stopping, Instant at) {
    StopReason why = stopping.why();
    TrackedJob done = job.withTimeline(job.timeline().finished(at));
    context.transition(
        job, done.withState(stopping.end(why.outcome(), why.failure(), context.now)));
  }

  private void succeeded(TrackedJob job, Active active, Observation.Finished observation) {
    if (job.head().retry().type() != RetryPolicy.RetryType.ALWAYS) {
      succeeded(job, job, active, observation.outputs());
      return;
    }
    TrackedJob reset = job.withFailures(FailureCounts.NONE);
    Duration pause = retries.backoff(reset, new FailureCounts(1, 0), false);
    retry(
        job,
        reset.keepAttempt(null),
        active,
        pause,
        new JobEvent.AttemptSucceeded(job.attempt(), observation.at()));
  }

  private void succeeded(
      TrackedJob before, TrackedJob after, HoldingSlot holdingSlot, Outputs outputs) {
    String unreadable = outputs.unreadable();
    JobEvent[] warnings =
        unreadable == null
            ? new JobEvent[0]
            : new JobEvent[] {
              new JobEvent.JobWarning(
                  List.of(new Warning(Warning.OUTPUT_IGNORED, "/outputs", unreadable)))
            };
    context.transition(
        before, after.withState(holdingSlot.succeed(outputs.values(), context.now)), warnings);
  }

  private void failed(
      TrackedJob job, Active active, Failure failure, Instant at, boolean submission) {
    JobEvent published = new JobEvent.AttemptFailed(job.attempt(), submission, failure);
    FailureCounts counted = retries.countFailure(job, submission, at);
    TrackedJob done = job.withFailures(counted).withTimeline(job.timeline().finished(at));
    if (Retries.allowed(job.head().retry(), counted, failure, submission)) {
      retry(
          job,
          done.keepAttempt(failure),
          active,
          retries.backoff(job, counted, submission),
          published);
    } else {
      context.transition(
          job, done.withState(active.end(Outcome.FAILED, failure, context.now)), published);
    }
  }

  private void retry(
      TrackedJob before, TrackedJob after, Active active, Duration pause, JobEvent published) {
    Instant at = context.now.plus(pause);
    int failures = after.failures().run() + after.failures().submission();
    JobEvent retrying = new JobEvent.JobRetrying(before.attempt() + 1, at, failures);
    if (pause.isZero()) {
      context.transition(before, after.withState(active.retry()), published, retrying);
      return;
    }
    WaitingStatus waitingStatus = WaitingStatus.until(WaitingReason.BACKOFF, at);
    context.transition(
        before,
        after.withState(active.retryAfter(at)).withWaiting(waitingStatus),
        published,
        retrying,
        new JobEvent.JobWaiting(waitingStatus));
  }
}
