package io.firesteel.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended and everything a downstream system needs to go on from there.
 *
 * @param generation which request of the job it is the result of
 * @param previousPhase where it was before
 * @param attempt the number of its last attempt, 0 if there was none
 * @param failure why it did not succeed; null for a success
 * @param cluster where they ran or would have run; null for the default one
 * @param namespace where its pods ran or would have run; null for a refused request
 * @param driver the driver pod of the last attempt, if one was seen
 * @param source of the event that asked for the job; with {@code requestId} its identity
 * @param correlation the requester's own data, handed back untouched
 */
public record JobResult(
    String tenant,
    String jobId,
    long generation,
    Outcome outcome,
    JobPhase previousPhase,
    int attempt,
    @Nullable Failure failure,
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
