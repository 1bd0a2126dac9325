package io.firesteel.admission;

import io.firesteel.admission.JobState.Driving;
import io.firesteel.admission.JobState.Stopping;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Job;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster side must know of a job's driver; a change of it is told on the drivers topic.
 */
record Wanted(Attempt attempt, @Nullable String podUid, boolean stop) {

  /** What is wanted in a state; null if nothing should exist. */
  static @Nullable Wanted of(@Nullable TrackedJob job) {
    if (job == null) {
      return null;
    }
    boolean stopping = job.state() instanceof Stopping;
    if (!stopping && !(job.state() instanceof Driving)) {
      return null;
    }
    Attempt attempt = new Attempt(job.key(), job.head().generation(), job.attempt());
    return new Wanted(attempt, job.pod() == null ? null : job.pod().uid(), stopping);
  }

  DesiredDriver driver(Job job) {
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
