package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState.DriverDesired;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Job;
import org.jspecify.annotations.Nullable;

/** The parts of a desired driver that a job's state decides; a change is written to its topic. */
record DesiredDriverState(Attempt attempt, @Nullable String podUid, boolean stop) {

  /** The desired driver of a job; null if no driver should exist. */
  static @Nullable DesiredDriverState of(@Nullable TrackedJob job) {
    if (job == null) {
      return null;
    }
    boolean stopping = job.state() instanceof Stopping;
    if (!stopping && !(job.state() instanceof DriverDesired)) {
      return null;
    }
    Attempt attempt = new Attempt(job.key(), job.head().generation(), job.attempt());
    return new DesiredDriverState(attempt, job.pod() == null ? null : job.pod().uid(), stopping);
  }

  DesiredDriver toDesiredDriver(Job job) {
    return new DesiredDriver(
        attempt,
        job.cohort(),
        job.placement(),
        podUid,
        stop,
        job.labels(),
        job.origin().traceparent(),
        job.spec());
  }
}
