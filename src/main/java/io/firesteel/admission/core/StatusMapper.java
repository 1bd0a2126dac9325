package io.firesteel.admission.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Admitted;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Running;
import io.firesteel.admission.state.JobState.Submitted;
import io.firesteel.admission.state.RequestSummary;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobResult;
import io.firesteel.event.JobStatus;
import io.firesteel.event.JobStatus.ExecutorCount;
import io.firesteel.event.JobStatus.Submitter;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps the stored state of a job to its published status and result. */
final class StatusMapper {

  /** Of a job that an earlier release stored. */
  private static final RequestSummary UNKNOWN =
      new RequestSummary("", null, Map.of(), List.of(), null, null);

  private final LinkTemplates links;

  StatusMapper(AdmissionSettings settings) {
    this.links = settings.links();
  }

  /** The one result of a job that has just ended. */
  JobResult result(
      TrackedJob job, Ended end, JobPhase previous, Origin origin, Map<String, String> labels) {
    JobKey key = job.key();
    RequestSummary request = Objects.requireNonNullElse(job.head().request(), UNKNOWN);
    return new JobResult(
        key.tenant(),
        key.id(),
        job.head().generation(),
        end.outcome(),
        previous,
        job.attempt(),
        end.failure(),
        outputs(end),
        job.timeline(),
        job.head().cluster(),
        job.head().namespace(),
        job.pod(),
        origin.source(),
        origin.id(),
        origin.correlationId(),
        origin.correlation(),
        labels,
        links.fill(job),
        request.template(),
        request.parameters(),
        job.head().requester());
  }

  /** The latest state of a job. */
  JobStatus status(TrackedJob job) {
    JobKey key = job.key();
    JobMetadata head = job.head();
    RequestSummary request = Objects.requireNonNullElse(head.request(), UNKNOWN);
    return new JobStatus(
        key.tenant(),
        key.id(),
        head.generation(),
        head.cohort(),
        job.state().phase(),
        job.waiting(),
        head.priority(),
        job.attempt(),
        head.cluster(),
        head.namespace(),
        job.pod(),
        pending(job.state()),
        executors(job.state()),
        job.state() instanceof Ended(var outcome, _, _, _) ? outcome : null,
        failure(job.state()),
        outputs(job.state()),
        job.timeline(),
        head.correlationId(),
        head.requester(),
        links.fill(job),
        job.sequence(),
        job.updatedAt(),
        head.arrival(),
        head.notBefore(),
        submitter(head),
        request.labels(),
        request.template(),
        request.parameters(),
        request.dependsOn(),
        job.attempts());
  }

  private static @Nullable Submitter submitter(JobMetadata head) {
    RequestSummary request = head.request();
    return request == null
        ? null
        : new Submitter(request.source(), head.causationId(), request.principal(), head.record());
  }

  private static @Nullable String pending(JobState state) {
    if (state instanceof Submitted(_, var pending)) {
      return pending;
    }
    return state instanceof Admitted(_, var pending) ? pending : null;
  }

  private static @Nullable ExecutorCount executors(JobState state) {
    return state instanceof Running(_, var executorCount, _) ? executorCount : null;
  }

  private static @Nullable Map<String, JsonNode> outputs(JobState state) {
    return state instanceof Ended end && !end.outputs().isEmpty() ? end.outputs() : null;
  }

  static @Nullable Failure failure(JobState state) {
    if (state instanceof JobState.Stopping(StopReason(_, var failure), _)) {
      return failure;
    }
    return state instanceof Ended(_, var failure, _, _) ? failure : null;
  }
}
