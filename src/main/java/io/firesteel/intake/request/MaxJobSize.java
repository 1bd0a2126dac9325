package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.json.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The maximum size of a job, in bytes as JSON, so that every record, event and Kubernetes object
 * made from it has an acceptable size. A template and the tenant's properties can make a job larger
 * than its request, so the size of the inbox record counts. Pure.
 */
public final class MaxJobSize {

  /** The result also has a failure and the end of a log. */
  static final int MAX_CORRELATION_BYTES = 64 << 10;

  /** Every status of a job carries its parameters. */
  static final int MAX_STATUS_PARAMETER_BYTES = 16 << 10;

  private MaxJobSize() {}

  /** Whether the status of a job can carry these parameters. */
  public static boolean fitsStatus(Map<String, JsonNode> parameters) {
    return parameters.isEmpty() || JsonCodec.write(parameters).length <= MAX_STATUS_PARAMETER_BYTES;
  }

  /** The error in a request's correlation data; empty if its size is acceptable. */
  public static Optional<String> correlationTooLarge(JsonNode correlation) {
    int bytes = JsonCodec.write(correlation).length;
    return bytes <= MAX_CORRELATION_BYTES
        ? Optional.empty()
        : Optional.of(
            "has %d bytes as JSON, the limit is %d; put large data in an object store and its URL here"
                .formatted(bytes, MAX_CORRELATION_BYTES));
  }

  /** The rejection of a job that is too large; empty otherwise. */
  public static Optional<Rejection> tooLarge(Job job) {
    int bytes = JsonCodec.write(new InboxMessage.JobSubmitted(job)).length;
    if (bytes <= InboxMessage.MAX_BYTES) {
      return Optional.empty();
    }
    Map.Entry<String, Integer> largest = largestPart(job);
    return Optional.of(
        new Rejection(
            FailureReason.MESSAGE_TOO_LARGE,
            "the job has %3$d bytes as JSON with all defaults, the limit is %4$d; %1$s has %2$d of them; put large data in an object store and its URL in the request"
                .formatted(largest.getKey(), largest.getValue(), bytes, InboxMessage.MAX_BYTES)));
  }

  private static Map.Entry<String, Integer> largestPart(Job job) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("/spec", job.spec());
    parts.put("/dependsOn", job.dependsOn());
    parts.put("/labels", job.labels());
    return parts.entrySet().stream()
        .map(part -> Map.entry(part.getKey(), JsonCodec.write(part.getValue()).length))
        .max(Map.Entry.comparingByValue())
        .orElseThrow();
  }
}
