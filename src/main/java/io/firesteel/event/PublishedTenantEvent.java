package io.firesteel.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event about a tenant with its place in the tenant's history. Sequences start at 1 for each
 * tenant, have no gaps and are not those of its jobs.
 *
 * @param causationId the id of the control event that led to it; null if none did
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

  /** The sequence, so padded that texts sort as numbers do. */
  public String sequenceText() {
    return PublishedJobEvent.padded(sequence);
  }
}
