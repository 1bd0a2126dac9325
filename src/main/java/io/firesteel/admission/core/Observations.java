package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Admitted;
import io.firesteel.admission.state.JobState.HoldingSlot;
import io.firesteel.admission.state.JobState.Running;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.JobState.Submitted;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.DriverPod;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobStatus.ExecutorCount;
import io.firesteel.inbox.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What the pods did. They may tell it late, twice, in another order, or of an attempt that is over:
 * what brings no news changes nothing.
 */
final class Observations {

  private static final String SCHEDULED = "Scheduled";

  private final DecisionContext context;
  private final AttemptResults attemptResults;

  Observations(DecisionContext context) {
    this.context = context;
    this.attemptResults = new AttemptResults(context);
  }

  void observed(Observation seen) {
    TrackedJob job = context.job(seen.attempt().job());
    if (job == null
        || job.head().generation() != seen.attempt().generation()
        || job.attempt() != seen.attempt().number()
        || !(job.state() instanceof HoldingSlot holdingSlot)) {
      return;
    }
    switch (seen) {
      case Observation.Created created -> created(job, holdingSlot, created);
      case Observation.Rejected rejected -> {
        if (job.pod() == null && !(holdingSlot instanceof Running)) {
          attemptResults.rejected(job, holdingSlot, rejected);
        }
      }
      case Observation.Pending pending -> pending(job, holdingSlot, pending);
      case Observation.Started started -> started(job, holdingSlot, started);
      case Observation.ExecutorsCounted executorsCounted ->
          executors(job, holdingSlot, executorsCounted);
      case Observation.Finished finished -> attemptResults.finished(job, holdingSlot, finished);
      case Observation.Gone gone -> attemptResults.gone(job, holdingSlot, gone);
    }
  }

  private void created(TrackedJob job, HoldingSlot holdingSlot, Observation.Created seen) {
    if (job.pod() != null) {
      return;
    }
    DriverPod pod = new DriverPod(seen.namespace(), seen.pod(), seen.uid(), seen.applicationId());
    JobState next =
        switch (holdingSlot) {
          case Admitted admitted -> admitted.submitted();
          case Submitted submitted -> submitted;
          case Running running -> running;
          case Stopping stopping -> stopping;
        };
    context.transition(
        job,
        job.withState(next).pod(pod).timeline(job.timeline().submitted(context.now)),
        new JobEvent.DriverSubmitted(job.attempt(), pod));
  }

  private void pending(TrackedJob job, HoldingSlot holdingSlot, Observation.Pending seen) {
    String reason = seen.reason();
    JobState next =
        switch (holdingSlot) {
          case Admitted(_, var before) when reason.equals(before) -> null;
          case Submitted(_, var before) when reason.equals(before) -> null;
          case Admitted admitted -> admitted.pending(reason);
          case Submitted submitted -> submitted.pending(reason);
          case Running _, Stopping _ -> null;
        };
    if (next == null) {
      return;
    }
    if (reason.equals(SCHEDULED)) {
      context.transition(
          job,
          job.withState(next).timeline(job.timeline().scheduled(seen.at())),
          new JobEvent.DriverScheduled(job.attempt(), seen.message()));
    } else {
      context.transition(
          job,
          job.withState(next),
          new JobEvent.DriverPending(job.attempt(), reason, seen.message()));
    }
  }

  private void started(TrackedJob job, HoldingSlot holdingSlot, Observation.Started seen) {
    @Nullable Running next =
        switch (holdingSlot) {
          case Admitted admitted -> admitted.start(seen.at());
          case Submitted submitted -> submitted.start(seen.at());
          case Running _, Stopping _ -> null;
        };
    if (next != null) {
      context.transition(
          job,
          job.withState(next).timeline(job.timeline().started(seen.at())),
          new JobEvent.DriverStarted(job.attempt(), seen.node(), seen.at()));
    }
  }

  private void executors(
      TrackedJob job, HoldingSlot holdingSlot, Observation.ExecutorsCounted seen) {
    ExecutorCount count = new ExecutorCount(seen.running(), seen.total());
    if (holdingSlot instanceof Running running && isChange(running, count, seen)) {
      context.transition(
          job,
          job.withState(running.withExecutors(count, seen.at())),
          new JobEvent.ExecutorsChanged(
              job.attempt(), seen.running(), seen.total(), seen.changed()));
    }
  }

  /** A count that is known brings nothing; one executor that took another's place does, once. */
  private static boolean isChange(
      Running job, ExecutorCount count, Observation.ExecutorsCounted seen) {
    return count.equals(job.executors())
        ? !seen.changed().isEmpty() && seen.at().isAfter(job.executorsAt())
        : !seen.at().isBefore(job.executorsAt());
  }
}
