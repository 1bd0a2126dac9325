package io.firesteel.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job reached each stage; null for a stage that it did not reach. The stages of an attempt
 * are those of the last one. {@code startedAt}, {@code readyAt} and {@code finishedAt} are times of
 * the cluster's clock, the others of Firesteel's.
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
}
