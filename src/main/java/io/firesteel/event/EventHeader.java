package io.firesteel.event;

import io.firesteel.job.Origin;
import io.firesteel.job.Requester;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What job and tenant events have in common: the position in a history and the cause.
 *
 * @param sequence starts at 1 for each generation of a job and for each tenant, and has no gaps
 * @param causationId the id of the request or control event that caused the event; null for the
 *     removal of a tenant
 * @param requester the part of Firesteel that asked for the job; null if it came from outside
 */
public record EventHeader(
    long sequence,
    Instant at,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String traceparent,
    @Nullable Requester requester) {

  /** The header of an event that a control event caused, if any. */
  public static EventHeader causedBy(@Nullable Origin cause, long sequence, Instant at) {
    return cause == null
        ? new EventHeader(sequence, at, null, null, null, null)
        : new EventHeader(
            sequence, at, cause.correlationId(), cause.id(), cause.traceparent(), null);
  }

  /** The sequence, padded with zeros so that it sorts as text. */
  String sequenceText() {
    return String.format(Locale.ROOT, "%010d", sequence);
  }
}
