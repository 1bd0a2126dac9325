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
import io.firesteel.event.Timeline;
import io.firesteel.inbox.Observation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Handles observations of driver pods. They may arrive late, twice, out of order, or for an attempt
 * that is over; an observation without news changes nothing.
 */
final class Observations {

  private static final String SCHEDULED = "Scheduled";
  private static final int CUT_OFF_MILLIS = 999;

  private final DecisionContext context;
  private final AttemptResults attemptResults;

  Observations(DecisionContext context) {
    this.context = context;
    this.attemptResults = new AttemptResults(context);
  }

  void observed(Observation observation) {
    TrackedJob job = context.job(observation.attempt().job());
    if (job == null
        || job.head().generation() != observation.attempt().generation()
        || job.attempt() != observation.attempt().number()
        || !(job.state() instanceof HoldingSlot holdingSlot)) {
      return;
    }
    switch (observation) {
      case Observation.Created created -> created(job, holdingSlot, created);
      case Observation.Rejected rejected -> {
        if (job.pod() == null && !(holdingSlot instanceof Running)) {
          attemptResults.rejected(job, holdingSlot, rejected);
        }
      }
      case Observation.Pending pending -> pending(job, holdingSlot, pending);
      case Observation.Started started -> started(job, holdingSlot, started);
      case Observation.Ready ready -> ready(job, holdingSlot, ready);
      case Observation.ExecutorsCounted executorsCounted ->
          executors(job, holdingSlot, executorsCounted);
      case Observation.Finished finished -> attemptResults.finished(job, holdingSlot, finished);
      case Observation.Gone gone -> attemptResults.gone(job, holdingSlot, gone);
      case Observation.Abandoned abandoned -> attemptResults.abandoned(job, holdingSlot, abandoned);
    }
  }

  private void created(TrackedJob job, HoldingSlot holdingSlot, Observation.Created observation) {
    if (job.pod() != null) {
      return;
    }
    DriverPod pod =
        new DriverPod(
            observation.namespace(),
            observation.pod(),
            observation.uid(),
            observation.applicationId());
    JobState next =
        switch (holdingSlot) {
          case Admitted admitted -> admitted.submitted();
          case Submitted submitted -> submitted;
          case Running running -> running;
          case Stopping stopping -> stopping;
        };
    context.transition(
        job,
        job.withState(next).withPod(pod).withTimeline(job.timeline().submitted(context.now)),
        new JobEvent.DriverSubmitted(job.attempt(), pod));
  }

  private void pending(TrackedJob job, HoldingSlot holdingSlot, Observation.Pending observation) {
    String reason = observation.reason();
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
          job.withState(next).withTimeline(job.timeline().scheduled(observation.at())),
          new JobEvent.DriverScheduled(job.attempt(), observation.message()));
    } else {
      context.transition(
          job,
          job.withState(next),
          new JobEvent.DriverPending(job.attempt(), reason, observation.message()));
    }
  }

  private void started(TrackedJob job, HoldingSlot holdingSlot, Observation.Started observation) {
    Timeline timeline = job.timeline().started(observation.at());
    Instant at = timeline.startedAt() == null ? observation.at() : timeline.startedAt();
    @Nullable Running next =
        switch (holdingSlot) {
          case Admitted admitted -> admitted.start(latestStart(at));
          case Submitted submitted -> submitted.start(latestStart(at));
          case Running _, Stopping _ -> null;
        };
    if (next != null) {
      context.transition(
          job,
          job.withState(next).withTimeline(timeline),
          new JobEvent.DriverStarted(job.attempt(), observation.node(), at));
    }
  }

  private void ready(TrackedJob job, HoldingSlot holdingSlot, Observation.Ready observation) {
    if (holdingSlot instanceof Running && job.timeline().readyAt() == null) {
      context.transition(
          job,
          job.withTimeline(job.timeline().ready(observation.at())),
          new JobEvent.DriverReady(job.attempt(), observation.at()));
    }
  }

  /** No deadline may come early, and Kubernetes cuts the time of a start off at the second. */
  private Instant latestStart(Instant at) {
    if (at.getNano() != 0 || !at.isBefore(context.now)) {
      return at;
    }
    Instant latest = at.plusMillis(CUT_OFF_MILLIS);
    return latest.isAfter(context.now) ? context.now : latest;
  }

  private void executors(
      TrackedJob job, HoldingSlot holdingSlot, Observation.ExecutorsCounted observation) {
    ExecutorCount count = new ExecutorCount(observation.running(), observation.total());
    if (holdingSlot instanceof Running running && isChange(running, count, observation)) {
      context.transition(
          job,
          job.withState(running.withExecutors(count, observation.at())),
          new JobEvent.ExecutorsChanged(
              job.attempt(), observation.running(), observation.total(), observation.changed()));
    }
  }

  /**
   * Whether a report changes the job. The same count is not a change, unless it is later and lists
   * executors that changed; an older report is never a change.
   */
  private static boolean isChange(
      Running job, ExecutorCount count, Observation.ExecutorsCounted observation) {
    return count.equals(job.executors())
        ? !observation.changed().isEmpty() && observation.at().isAfter(job.executorsAt())
        : !observation.at().isBefore(job.executorsAt());
  }
}
