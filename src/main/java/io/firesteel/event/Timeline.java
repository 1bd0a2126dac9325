package io.firesteel.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job reached each stage; null for a stage that it did not reach. The stages of an attempt
 * are those of the last one. {@code scheduledAt}, {@code startedAt}, {@code readyAt} and {@code
 * finishedAt} are times of the cluster's clock, the others of Firesteel's. Kubernetes cuts its
 * times off at the second, and clocks differ, so a stage that would precede the one before it gets
 * the time of that one.
 */
@RecordBuilder
public record Timeline(
    @Nullable Instant receivedAt,
    @Nullable Instant acceptedAt,
    @Nullable Instant admittedAt,
    @Nullable Instant submittedAt,
    @Nullable Instant scheduledAt,
    @Nullable Instant startedAt,
    @Nullable Instant readyAt,
    @Nullable Instant finishedAt,
    @Nullable Instant endedAt)
    implements TimelineBuilder.With {

  /** The request arrived. */
  public static Timeline received(Instant at) {
    return TimelineBuilder.builder().receivedAt(at).build();
  }

  /** A new attempt begins, which clears the stages of the one before. */
  public Timeline admitted(Instant at) {
    return new Timeline(receivedAt, acceptedAt, at, null, null, null, null, null, null);
  }

  /** The pod exists, although Firesteel may hear of its start first. */
  public Timeline submitted(Instant at) {
    Instant known = scheduledAt == null ? startedAt : scheduledAt;
    return withSubmittedAt(known != null && known.isBefore(at) ? known : at);
  }

  /** A node has the pod. */
  public Timeline scheduled(Instant at) {
    return withScheduledAt(notBefore(submittedAt, at));
  }

  /** The driver's container runs. */
  public Timeline started(Instant at) {
    return withStartedAt(notBefore(scheduledAt, notBefore(submittedAt, at)));
  }

  /** The driver's UI answers. */
  public Timeline ready(Instant at) {
    return withReadyAt(notBefore(startedAt, at));
  }

  /** The attempt is over. */
  public Timeline finished(Instant at) {
    return withFinishedAt(notBefore(startedAt, notBefore(submittedAt, at)));
  }

  private static Instant notBefore(@Nullable Instant earlier, Instant at) {
    return earlier != null && earlier.isAfter(at) ? earlier : at;
  }
}
