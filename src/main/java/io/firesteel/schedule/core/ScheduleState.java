package io.firesteel.schedule.core;

import io.firesteel.event.Outcome;
import io.firesteel.job.RecordPosition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a schedule.
 *
 * @param generation distinguishes it from an earlier schedule of the same name; only increases
 * @param requestDigest of its request and of whether it is filled
 * @param byEvent whether an event applied it and not the definitions directory
 * @param anchor from which {@code @every} counts
 * @param cursor every nominal time up to here was decided about; only grows
 * @param suspended whether an event suspended it
 * @param passed the nominal times that passed since it was suspended; null for none
 * @param active its jobs that have not ended
 * @param pending nominal times to make up for, one after another, oldest first
 * @param ended its last jobs that ended, latest first
 * @param control the record of the last control event; null for none
 * @param sequence number of the last event about it
 * @param removedAt null while it is defined
 * @param alarm when it must be looked at again; null for never
 */
@RecordBuilder
public record ScheduleState(
    ScheduleKey key,
    long generation,
    ScheduleSettings settings,
    String requestDigest,
    boolean byEvent,
    Instant anchor,
    Instant cursor,
    boolean suspended,
    @Nullable Span passed,
    List<Run> active,
    List<Instant> pending,
    @Nullable Run lastFired,
    @Nullable Run lastSuccess,
    @Nullable Run lastFailure,
    List<Run> ended,
    @Nullable RecordPosition control,
    long sequence,
    @Nullable Instant removedAt,
    @Nullable Instant alarm,
    Instant updatedAt)
    implements ScheduleStateBuilder.With {

  public ScheduleState {
    active = List.copyOf(active);
    pending = List.copyOf(pending);
    ended = List.copyOf(ended);
  }

  /** Some nominal times in a row. */
  public record Span(Instant from, Instant to, long count) {
    /** With one more at the end. */
    static Span with(@Nullable Span before, Instant at) {
      return before == null ? new Span(at, at, 1) : new Span(before.from, at, before.count + 1);
    }
  }

  /**
   * A job of the schedule.
   *
   * @param scheduledAt its nominal time, or when it was asked for
   * @param requested whether an event asked for it, outside of the nominal times
   * @param replaced whether a later one cancelled it
   * @param outcome null until it ends
   */
  public record Run(
      String jobId,
      Instant scheduledAt,
      Instant firedAt,
      boolean requested,
      boolean replaced,
      @Nullable Outcome outcome,
      @Nullable Instant endedAt) {

    Run withReplaced() {
      return new Run(jobId, scheduledAt, firedAt, requested, true, outcome, endedAt);
    }

    Run end(Outcome how, Instant at) {
      return new Run(jobId, scheduledAt, firedAt, requested, replaced, how, at);
    }
  }

  /** Whether its nominal times pass without a job. Not a getter: it must not be stored. */
  boolean effectivelySuspended() {
    return suspended || settings.suspended();
  }
}
