package io.firesteel.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event that asked for something, by CloudEvents' names. {@code source} and {@code id} together
 * are its identity.
 *
 * @param receivedAt when intake read it
 * @param correlationId the requester's, carried to every event about the job
 * @param traceparent W3C trace context, carried likewise
 * @param correlation the requester's own data, handed back untouched with the result
 */
public record Origin(
    String source,
    String id,
    Instant receivedAt,
    @Nullable String correlationId,
    @Nullable String traceparent,
    @Nullable JsonNode correlation) {

  /** The same event with nothing to hand back. */
  public Origin withoutCorrelation() {
    return new Origin(source, id, receivedAt, correlationId, traceparent, null);
  }
}
