package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.json.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How large a job may be, in bytes as JSON, so that every record, event and Kubernetes object that
 * comes of it fits where it must go. A template and the tenant's properties make a job larger than
 * its request was, so what counts is the job as it goes to the inbox. Pure.
 */
public final class MaxJobSize {

  /** It comes back with the result, beside the failure and the end of a log. */
  static final int LARGEST_CORRELATION = 64 << 10;

  private MaxJobSize() {}

  /** What is wrong with the requester's own data; empty when it may go on. */
  public static Optional<String> correlationTooLarge(JsonNode correlation) {
    int bytes = JsonCodec.write(correlation).length;
    return bytes <= LARGEST_CORRELATION
        ? Optional.empty()
        : Optional.of(
            "has %d bytes as JSON and may have %d; put large data in a store and its address here"
                .formatted(bytes, LARGEST_CORRELATION));
  }

  /** Why a job is not let in; empty when it may go on. */
  static Optional<Rejection> tooLarge(Job job) {
    int bytes = JsonCodec.write(new InboxMessage.JobSubmitted(job)).length;
    if (bytes <= InboxMessage.LARGEST) {
      return Optional.empty();
    }
    Map.Entry<String, Integer> largest = largestPart(job);
    return Optional.of(
        new Rejection(
            FailureReason.MESSAGE_TOO_LARGE,
            "%s: has %d bytes as JSON, all defaults filled in, which makes a job of %d bytes; it may have %d, so put large data in a store and its address in the request"
                .formatted(largest.getKey(), largest.getValue(), bytes, InboxMessage.LARGEST)));
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
