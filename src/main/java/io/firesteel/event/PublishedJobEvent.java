package io.firesteel.event;

import io.firesteel.job.JobKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job event with its position in the job's history. Sequences start at 1 for each generation of a
 * job and have no gaps; generations only increase.
 *
 * @param generation identifies the request among those with the same job id
 * @param causationId the id of the request or control event that caused it
 */
public record PublishedJobEvent(
    JobKey job,
    long generation,
    long sequence,
    Instant at,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String traceparent,
    JobEvent event) {

  private static final int SEQUENCE_LENGTH = 10;

  /** The same for every replay: {@code tenant/job/generation/sequence}. */
  public String id() {
    return job + "/" + generation + "/" + sequenceText();
  }

  /** The sequence, padded so that it sorts as text. */
  public String sequenceText() {
    return padded(sequence);
  }

  static String padded(long sequence) {
    String digits = Long.toString(sequence);
    return "0".repeat(Math.max(0, SEQUENCE_LENGTH - digits.length())) + digits;
  }
}
