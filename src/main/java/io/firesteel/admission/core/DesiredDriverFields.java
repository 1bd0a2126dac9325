package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState.Active;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Job;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a desired driver that follow from the job's state. If one changes, the desired
 * driver is written to the drivers topic.
 */
record DesiredDriverFields(Attempt attempt, @Nullable String podUid, boolean stop) {

  /** The desired driver of a job; null if no driver should exist. */
  static @Nullable DesiredDriverFields of(@Nullable TrackedJob job) {
    if (job == null) {
      return null;
    }
    boolean stopping = job.state() instanceof Stopping;
    if (!stopping && !(job.state() instanceof Active)) {
      return null;
    }
    Attempt attempt = new Attempt(job.key(), job.head().generation(), job.attempt());
    return new DesiredDriverFields(attempt, job.pod() == null ? null : job.pod().uid(), stopping);
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
