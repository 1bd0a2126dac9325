package io.firesteel.schedule.core;

import io.firesteel.schedule.cron.NominalTime;
import io.firesteel.schedule.cron.Timetable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of a schedule, on a compacted topic keyed by {@code tenant/name}; a tombstone
 * means that it was removed.
 *
 * @param byEvent whether an event applied it and not the definitions directory
 * @param nextFires its next nominal times; empty while it is suspended
 * @param pending nominal times that it makes up for when the active job ends
 * @param runs its last jobs that ended, latest first, as many as the history limits say
 * @param sequence number of the last event about it
 */
public record ScheduleStatus(
    String tenant,
    String name,
    long generation,
    boolean byEvent,
    List<String> schedules,
    String timeZone,
    boolean suspended,
    List<Instant> nextFires,
    ScheduleState.@Nullable Run lastFired,
    ScheduleState.@Nullable Run lastSuccess,
    ScheduleState.@Nullable Run lastFailure,
    List<ScheduleState.Run> active,
    int pending,
    List<ScheduleState.Run> runs,
    long sequence,
    Instant updatedAt) {

  private static final int NEXT = 5;

  /** The status of a schedule. */
  public static ScheduleStatus of(ScheduleState state) {
    return new ScheduleStatus(
        state.key().tenant(),
        state.key().name(),
        state.generation(),
        state.byEvent(),
        state.settings().schedules(),
        state.settings().timeZone(),
        state.effectivelySuspended(),
        state.effectivelySuspended() ? List.of() : next(state),
        state.lastFired(),
        state.lastSuccess(),
        state.lastFailure(),
        state.active(),
        state.pending().size(),
        state.ended(),
        state.sequence(),
        state.updatedAt());
  }

  private static List<Instant> next(ScheduleState state) {
    Timetable timetable = state.settings().timetable();
    List<Instant> next = new ArrayList<>();
    NominalTime time = timetable.next(state.cursor(), state.anchor());
    while (time != null && next.size() < NEXT) {
      next.add(time.at());
      time = timetable.next(time.at(), state.anchor());
    }
    return next;
  }
}
