package io.firesteel.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event that requested something, in CloudEvents' terms. {@code source} and {@code id} together
 * identify it.
 *
 * @param receivedAt when intake read it
 * @param correlationId the requester's; copied to every event about the job
 * @param traceparent W3C trace context; copied likewise
 * @param correlation the requester's own data, returned unchanged with the result
 * @param record where intake read it; null if unknown
 * @param requester the part of Firesteel that made the request; null if it came from outside
 * @param principal who sent it, by CloudEvents' {@code authid}; as true as what the sender may
 *     write
 */
public record Origin(
    String source,
    String id,
    Instant receivedAt,
    @Nullable String correlationId,
    @Nullable String traceparent,
    @Nullable JsonNode correlation,
    @Nullable RecordPosition record,
    @Nullable Requester requester,
    @Nullable String principal) {

  /** An event from outside, of an unknown principal. */
  public Origin(
      String source,
      String id,
      Instant receivedAt,
      @Nullable String correlationId,
      @Nullable String traceparent,
      @Nullable JsonNode correlation,
      @Nullable RecordPosition record) {
    this(source, id, receivedAt, correlationId, traceparent, correlation, record, null, null);
  }

  /** The same event with other data of the requester's own. */
  public Origin withCorrelation(@Nullable JsonNode other) {
    return new Origin(
        source, id, receivedAt, correlationId, traceparent, other, record, requester, principal);
  }
}
