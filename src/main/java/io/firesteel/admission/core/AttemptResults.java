package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState.DriverDesired;
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
import io.firesteel.job.Failure;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/** What the end of an attempt means for its job. The slot is free from here on. */
final class AttemptResults {

  private final DecisionContext context;
  private final Retries retries;

  AttemptResults(DecisionContext context) {
    this.context = context;
    this.retries = new Retries(context.settings);
  }

  /** Nothing of the attempt exists, because the cluster refuses it. */
  void rejected(TrackedJob job, HoldingSlot holdingSlot, Observation.Rejected seen) {
    switch (holdingSlot) {
      case DriverDesired driverDesired ->
          failed(job, driverDesired, seen.failure(), seen.at(), true);
      case Stopping stopping -> stopped(job, stopping, seen.at());
    }
  }

  /** The driver's container ended by itself, or because it was told to. */
  void finished(TrackedJob job, HoldingSlot holdingSlot, Observation.Finished seen) {
    TrackedJob done = job.timeline(job.timeline().finished(seen.at()));
    Failure failure = seen.failure();
    switch (holdingSlot) {
      case DriverDesired driverDesired -> {
        if (failure == null) {
          succeeded(done, driverDesired, seen.at());
        } else {
          failed(done, driverDesired, failure, seen.at(), false);
        }
      }
      case Stopping stopping -> {
        if (failure == null && !seen.at().isAfter(stopping.at())) {
          context.transition(
              job, done.withState(stopping.end(Outcome.SUCCEEDED, null, context.now)));
        } else {
          stopped(job, stopping, seen.at());
        }
      }
    }
  }

  /** The driver pod does not exist any more. */
  void gone(TrackedJob job, HoldingSlot holdingSlot, Observation.Gone seen) {
    switch (holdingSlot) {
      case DriverDesired driverDesired ->
          failed(job, driverDesired, seen.failure(), seen.at(), false);
      case Stopping stopping -> stopped(job, stopping, seen.at());
    }
  }

  private void stopped(TrackedJob job, Stopping stopping, Instant at) {
    StopReason why = stopping.why();
    TrackedJob done = job.timeline(job.timeline().finished(at));
    context.transition(
        job, done.withState(stopping.end(why.outcome(), why.failure(), context.now)));
  }

  private void succeeded(TrackedJob job, DriverDesired driverDesired, Instant at) {
    if (job.head().retry().type() != RetryPolicy.RetryType.ALWAYS) {
      context.transition(
          job, job.withState(driverDesired.end(Outcome.SUCCEEDED, null, context.now)));
      return;
    }
    TrackedJob fresh = job.failures(FailureCounts.NONE);
    Duration pause = retries.backoff(fresh, new FailureCounts(1, 0), false);
    retry(job, fresh, driverDesired, pause, new JobEvent.AttemptSucceeded(job.attempt(), at));
  }

  private void failed(
      TrackedJob job,
      DriverDesired driverDesired,
      Failure failure,
      Instant at,
      boolean submission) {
    JobEvent told = new JobEvent.AttemptFailed(job.attempt(), submission, failure);
    FailureCounts counted = retries.countFailure(job, submission, at);
    TrackedJob done = job.failures(counted).timeline(job.timeline().finished(at));
    if (Retries.allowed(job.head().retry(), counted, failure, submission)) {
      retry(job, done, driverDesired, retries.backoff(job, counted, submission), told);
    } else {
      context.transition(
          job, done.withState(driverDesired.end(Outcome.FAILED, failure, context.now)), told);
    }
  }

  private void retry(
      TrackedJob before,
      TrackedJob after,
      DriverDesired driverDesired,
      Duration pause,
      JobEvent told) {
    Instant at = context.now.plus(pause);
    int failures = after.failures().run() + after.failures().submission();
    JobEvent retrying = new JobEvent.JobRetrying(before.attempt() + 1, at, failures);
    if (pause.isZero()) {
      context.transition(before, after.withState(driverDesired.retry()), told, retrying);
      return;
    }
    WaitingStatus waitingStatus = WaitingStatus.until(WaitingReason.BACKOFF, at);
    context.transition(
        before,
        after.withState(driverDesired.retryAfter(at)).waiting(waitingStatus),
        told,
        retrying,
        new JobEvent.JobWaiting(waitingStatus));
  }
}
