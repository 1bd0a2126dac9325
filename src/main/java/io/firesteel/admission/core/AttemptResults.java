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

/** Decides what follows from the end of an attempt. The job's slot is free from then on. */
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
      case DriverDesired driverDesired ->
          failed(job, driverDesired, observation.failure(), observation.at(), true);
      case Stopping stopping -> stopped(job, stopping, observation.at());
    }
  }

  /** The driver's container ended, by itself or because Firesteel stopped it. */
  void finished(TrackedJob job, HoldingSlot holdingSlot, Observation.Finished observation) {
    TrackedJob done = job.withTimeline(job.timeline().withFinishedAt(observation.at()));
    Failure failure = observation.failure();
    switch (holdingSlot) {
      case DriverDesired driverDesired -> {
        if (failure == null) {
          succeeded(done, driverDesired, observation.at());
        } else {
          failed(done, driverDesired, failure, observation.at(), false);
        }
      }
      case Stopping stopping -> {
        if (failure == null && !observation.at().isAfter(stopping.at())) {
          context.transition(
              job, done.withState(stopping.end(Outcome.SUCCEEDED, null, context.now)));
        } else {
          stopped(job, stopping, observation.at());
        }
      }
    }
  }

  /** The driver pod no longer exists. */
  void gone(TrackedJob job, HoldingSlot holdingSlot, Observation.Gone observation) {
    switch (holdingSlot) {
      case DriverDesired driverDesired ->
          failed(job, driverDesired, observation.failure(), observation.at(), false);
      case Stopping stopping -> stopped(job, stopping, observation.at());
    }
  }

  private void stopped(TrackedJob job, Stopping stopping, Instant at) {
    StopReason why = stopping.why();
    TrackedJob done = job.withTimeline(job.timeline().withFinishedAt(at));
    context.transition(
        job, done.withState(stopping.end(why.outcome(), why.failure(), context.now)));
  }

  private void succeeded(TrackedJob job, DriverDesired driverDesired, Instant at) {
    if (job.head().retry().type() != RetryPolicy.RetryType.ALWAYS) {
      context.transition(
          job, job.withState(driverDesired.end(Outcome.SUCCEEDED, null, context.now)));
      return;
    }
    TrackedJob reset = job.withFailures(FailureCounts.NONE);
    Duration pause = retries.backoff(reset, new FailureCounts(1, 0), false);
    retry(job, reset, driverDesired, pause, new JobEvent.AttemptSucceeded(job.attempt(), at));
  }

  private void failed(
      TrackedJob job,
      DriverDesired driverDesired,
      Failure failure,
      Instant at,
      boolean submission) {
    JobEvent published = new JobEvent.AttemptFailed(job.attempt(), submission, failure);
    FailureCounts counted = retries.countFailure(job, submission, at);
    TrackedJob done = job.withFailures(counted).withTimeline(job.timeline().withFinishedAt(at));
    if (Retries.allowed(job.head().retry(), counted, failure, submission)) {
      retry(job, done, driverDesired, retries.backoff(job, counted, submission), published);
    } else {
      context.transition(
          job, done.withState(driverDesired.end(Outcome.FAILED, failure, context.now)), published);
    }
  }

  private void retry(
      TrackedJob before,
      TrackedJob after,
      DriverDesired driverDesired,
      Duration pause,
      JobEvent published) {
    Instant at = context.now.plus(pause);
    int failures = after.failures().run() + after.failures().submission();
    JobEvent retrying = new JobEvent.JobRetrying(before.attempt() + 1, at, failures);
    if (pause.isZero()) {
      context.transition(before, after.withState(driverDesired.retry()), published, retrying);
      return;
    }
    WaitingStatus waitingStatus = WaitingStatus.until(WaitingReason.BACKOFF, at);
    context.transition(
        before,
        after.withState(driverDesired.retryAfter(at)).withWaiting(waitingStatus),
        published,
        retrying,
        new JobEvent.JobWaiting(waitingStatus));
  }
}
