package io.firesteel.workflow.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workflow ended.
 *
 * @param generation identifies the request among those with the same workflow id
 * @param failure of a refused request, or of a deadline; null otherwise
 * @param tasks by name
 * @param failedJobs the ids of jobs that failed, at most {@link #MAX_FAILED_JOBS}
 * @param retryOf the workflow that it retries; null if it is none
 * @param source of the request; identifies it together with {@code requestId}
 * @param correlation the requester's own data, returned unchanged
 */
public record WorkflowResult(
    String tenant,
    String workflowId,
    long generation,
    WorkflowOutcome outcome,
    @Nullable Failure failure,
    Map<String, TaskSummary> tasks,
    List<String> failedJobs,
    @Nullable String retryOf,
    Instant receivedAt,
    @Nullable Instant acceptedAt,
    Instant endedAt,
    String source,
    String requestId,
    @Nullable String correlationId,
    @Nullable JsonNode correlation) {

  /** The most job ids that a result lists. */
  public static final int MAX_FAILED_JOBS = 100;
}
