package io.firesteel.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended, with everything that a downstream system needs to continue.
 *
 * @param generation identifies the request among those with the same job id
 * @param previousPhase the phase that the job left
 * @param attempt the number of its last attempt, 0 if there was none
 * @param failure null for a success
 * @param outputs what the driver handed on, by name; null if nothing
 * @param cluster the cluster of its pods; null for the default one
 * @param namespace the namespace of its pods; null for a rejected request
 * @param driver the driver pod of the last attempt; null if none was observed
 * @param source of the request; identifies it together with {@code requestId}
 * @param correlation the requester's own data, returned unchanged
 */
public record JobResult(
    String tenant,
    String jobId,
    long generation,
    Outcome outcome,
    JobPhase previousPhase,
    int attempt,
    @Nullable Failure failure,
    @Nullable Map<String, JsonNode> outputs,
    Timeline timeline,
    @Nullable String cluster,
    @Nullable String namespace,
    @Nullable DriverPod driver,
    @Nullable String source,
    @Nullable String requestId,
    @Nullable String correlationId,
    @Nullable JsonNode correlation,
    Map<String, String> labels,
    Links links) {

  public JobResult {
    labels = Map.copyOf(labels);
  }
}
