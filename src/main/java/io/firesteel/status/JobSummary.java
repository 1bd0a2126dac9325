package io.firesteel.status;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of a list of jobs: what people look for, without what only one job's page shows.
 *
 * @param waiting why it waits; null if it does not
 * @param position in its tenant's queue, from 1; null if it is not in the queue
 * @param submitter who sent the request, as far as known
 * @param reason why it failed; null if it did not
 */
@RecordBuilder
public record JobSummary(
    String tenant,
    String jobId,
    long generation,
    JobPhase phase,
    @Nullable WaitingReason waiting,
    @Nullable Long position,
    int priority,
    int attempt,
    Map<String, String> labels,
    @Nullable String template,
    @Nullable String submitter,
    @Nullable String cluster,
    @Nullable String reason,
    Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Instant updatedAt,
    long sequence)
    implements JobSummaryBuilder.With {

  /** The summary of a status, with the reason for waiting as published. */
  public static JobSummary of(JobStatus status) {
    WaitingStatus waiting = status.waiting();
    return new JobSummary(
        status.tenant(),
        status.jobId(),
        status.generation(),
        status.phase(),
        waiting == null ? null : waiting.reason(),
        null,
        status.priority(),
        status.attempt(),
        status.labels(),
        status.template(),
        status.submitter() == null ? null : status.submitter().principal(),
        status.cluster(),
        status.failure() == null ? null : status.failure().reason(),
        Objects.requireNonNullElse(status.timeline().receivedAt(), status.updatedAt()),
        status.timeline().startedAt(),
        status.timeline().endedAt(),
        status.updatedAt(),
        status.sequence());
  }

  /** Whether it is in its tenant's queue, so that it waits for nothing but a slot. */
  public boolean queued() {
    return phase == JobPhase.WAITING && (waiting == null || waiting.queued());
  }

  /** Whether it holds a slot. */
  public boolean holdsSlot() {
    return switch (phase) {
      case ADMITTED, SUBMITTED, RUNNING, STOPPING -> true;
      case UNKNOWN, WAITING, SUCCEEDED, FAILED, CANCELLED, REFUSED, EXPIRED -> false;
    };
  }
}
