package io.firesteel.admission.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.admission.core.AdmissionInput.Basis;
import io.firesteel.admission.core.AdmissionInput.JobFailed;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState.Active;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Precancelled;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.JobState.Waiting;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.Timeline;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.Job;
import io.firesteel.job.Origin;
import io.firesteel.job.Placement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends jobs whose decisions fail with an exception. */
final class FailedJobs {

  /** The source of a request that cannot be read. */
  private static final String UNKNOWN = "unknown";

  private final DecisionContext context;

  FailedJobs(DecisionContext context) {
    this.context = context;
  }

  /**
   * Ends a job; one with a driver is stopped first. A request that is not known yet gets its
   * result.
   */
  void end(JobFailed input) {
    TrackedJob job = input.basis() == Basis.NOTHING ? null : context.job(input.job());
    if (job != null) {
      end(job, input);
    } else if (input.basis() == Basis.NOTHING || input.origin() != null) {
      replace(input);
    }
  }

  private void end(TrackedJob job, JobFailed input) {
    if (input.basis() == Basis.STATE) {
      replaceRequest(job);
    }
    Failure failure = input.failure();
    boolean driverGone = isCurrent(input.gone(), job);
    switch (job.state()) {
      case Waiting waiting ->
          context.transition(job, job.withState(waiting.end(Outcome.FAILED, failure, context.now)));
      case Active active when driverGone ->
          context.transition(job, job.withState(active.end(Outcome.FAILED, failure, context.now)));
      case Active active ->
          context.transition(
              job,
              job.withState(active.stop(new StopReason(Outcome.FAILED, failure), context.now)),
              new JobEvent.JobCancelling(job.attempt(), failure.message()));
      case Stopping stopping when driverGone ->
          context.transition(
              job,
              job.withState(
                  stopping.end(stopping.why().outcome(), stopping.why().failure(), context.now)));
      case Precancelled _, Ended _ when input.basis() == Basis.STATE -> context.drop(job);
      case Stopping _, Precancelled _, Ended _ -> {}
    }
  }

  private static boolean isCurrent(@Nullable Attempt attempt, TrackedJob job) {
    return attempt != null
        && attempt.generation() == job.head().generation()
        && attempt.number() == job.attempt();
  }

  /** Stores the part of the request that is known from the state. */
  private void replaceRequest(TrackedJob job) {
    JobMetadata head = job.head();
    context.storeRequest(
        new Job(
            head.key(),
            head.cohort(),
            origin(head),
            new Placement(Objects.requireNonNullElse(head.namespace(), ""), "", head.cluster()),
            head.priority(),
            head.notBefore(),
            head.deadlines(),
            List.of(),
            head.retry(),
            Map.of(),
            JsonNodeFactory.instance.objectNode(),
            null,
            head.version(),
            List.of()));
  }

  private Origin origin(JobMetadata head) {
    return new Origin(
        UNKNOWN,
        head.causationId(),
        context.now,
        head.correlationId(),
        head.traceparent(),
        null,
        head.record(),
        head.requester(),
        null);
  }

  /** Ends a job of which nothing can be read, as another generation. */
  private void replace(JobFailed input) {
    String tenant = input.job().tenant();
    String cohort = context.slots.tenant(tenant, tenant).cohort();
    Origin origin = originOf(input.origin(), input.job().id());
    JobMetadata head =
        JobMetadata.ofKey(
            input.job(), context.generations.afterForgotten(input.job(), cohort), cohort, origin);
    context.slots.recount(input.job());
    context.replace(
        TrackedJob.arriving(head, Timeline.received(origin.receivedAt()), context.now)
            .withState(new Ended(Outcome.FAILED, input.failure(), context.now)),
        origin);
  }

  private Origin originOf(@Nullable Origin known, String id) {
    return known == null
        ? new Origin(UNKNOWN, id, context.now, null, null, null, null)
        : known.withCorrelation(null);
  }
}
