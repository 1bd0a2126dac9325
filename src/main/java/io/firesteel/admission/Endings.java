package io.firesteel.admission;

import io.firesteel.admission.JobState.Driving;
import io.firesteel.admission.JobState.Holding;
import io.firesteel.admission.JobState.Stopping;
import io.firesteel.admission.TrackedJob.Failures;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.Waiting;
import io.firesteel.event.WaitingReason;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/** What the end of an attempt means for its job. The slot is free from here on. */
final class Endings {

  private final Desk desk;
  private final Retries retries;

  Endings(Desk desk) {
    this.desk = desk;
    this.retries = new Retries(desk.settings);
  }

  /** Nothing of the attempt exists, because the cluster refuses it. */
  void rejected(TrackedJob job, Holding holding, Observation.Rejected seen) {
    switch (holding) {
      case Driving driving -> failed(job, driving, seen.failure(), seen.at(), true);
      case Stopping stopping -> stopped(job, stopping, seen.at());
    }
  }

  /** The driver's container ended by itself, or because it was told to. */
  void finished(TrackedJob job, Holding holding, Observation.Finished seen) {
    TrackedJob done = job.timeline(job.timeline().finished(seen.at()));
    Failure failure = seen.failure();
    switch (holding) {
      case Driving driving -> {
        if (failure == null) {
          succeeded(done, driving, seen.at());
        } else {
          failed(done, driving, failure, seen.at(), false);
        }
      }
      case Stopping stopping -> {
        if (failure == null && !seen.at().isAfter(stopping.at())) {
          desk.move(job, done.in(stopping.end(Outcome.SUCCEEDED, null, desk.now)));
        } else {
          stopped(job, stopping, seen.at());
        }
      }
    }
  }

  /** The driver pod does not exist any more. */
  void gone(TrackedJob job, Holding holding, Observation.Gone seen) {
    switch (holding) {
      case Driving driving -> failed(job, driving, seen.failure(), seen.at(), false);
      case Stopping stopping -> stopped(job, stopping, seen.at());
    }
  }

  private void stopped(TrackedJob job, Stopping stopping, Instant at) {
    Stop why = stopping.why();
    TrackedJob done = job.timeline(job.timeline().finished(at));
    desk.move(job, done.in(stopping.end(why.outcome(), why.failure(), desk.now)));
  }

  private void succeeded(TrackedJob job, Driving driving, Instant at) {
    if (job.head().retry().type() != RetryPolicy.Type.ALWAYS) {
      desk.move(job, job.in(driving.end(Outcome.SUCCEEDED, null, desk.now)));
      return;
    }
    TrackedJob fresh = job.failures(Failures.NONE);
    Duration pause = retries.pause(fresh, new Failures(1, 0), false);
    again(job, fresh, driving, pause, new JobEvent.AttemptSucceeded(job.attempt(), at));
  }

  private void failed(
      TrackedJob job, Driving driving, Failure failure, Instant at, boolean submission) {
    JobEvent told = new JobEvent.AttemptFailed(job.attempt(), submission, failure);
    Failures counted = retries.counted(job, submission, at);
    TrackedJob done = job.failures(counted).timeline(job.timeline().finished(at));
    if (Retries.allowed(job.head().retry(), counted, failure, submission)) {
      again(job, done, driving, retries.pause(job, counted, submission), told);
    } else {
      desk.move(job, done.in(driving.end(Outcome.FAILED, failure, desk.now)), told);
    }
  }

  private void again(
      TrackedJob before, TrackedJob after, Driving driving, Duration pause, JobEvent told) {
    Instant at = desk.now.plus(pause);
    int failures = after.failures().run() + after.failures().submission();
    JobEvent retrying = new JobEvent.Retrying(before.attempt() + 1, at, failures);
    if (pause.isZero()) {
      desk.move(before, after.in(driving.retry()), told, retrying);
      return;
    }
    Waiting waiting = Waiting.until(WaitingReason.BACKOFF, at);
    desk.move(
        before,
        after.in(driving.retryAfter(at)).waiting(waiting),
        told,
        retrying,
        new JobEvent.StillWaiting(waiting));
  }
}
