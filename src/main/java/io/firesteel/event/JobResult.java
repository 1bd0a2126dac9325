package io.firesteel.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Failure;
import io.firesteel.job.Requester;
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
 * @param template the template of the request; null if it had a spec
 * @param parameters the values that the request supplied; null if they are too large
 * @param requester the part of Firesteel that asked for the job; null if it came from outside
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
    Links links,
    @Nullable String template,
    @Nullable Map<String, JsonNode> parameters,
    @Nullable Requester requester) {

  public JobResult {
    labels = Map.copyOf(labels);
  }
}
