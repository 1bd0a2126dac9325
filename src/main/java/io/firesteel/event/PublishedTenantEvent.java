package io.firesteel.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant event with its position in the tenant's history. Sequences start at 1 for each tenant
 * and have no gaps; jobs have sequences of their own.
 *
 * @param causationId the id of the control event that caused it; null if none did
 */
public record PublishedTenantEvent(
    String tenant,
    long sequence,
    Instant at,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String traceparent,
    TenantEvent event) {

  /** The same for every replay: {@code tenant//sequence}, which no job has. */
  public String id() {
    return tenant + "//" + sequenceText();
  }

  /** The sequence, padded so that it sorts as text. */
  public String sequenceText() {
    return PublishedJobEvent.padded(sequence);
  }
}
