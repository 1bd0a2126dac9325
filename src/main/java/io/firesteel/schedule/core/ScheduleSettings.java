package io.firesteel.schedule.core;

import io.firesteel.job.Sha256;
import io.firesteel.schedule.cron.CronException;
import io.firesteel.schedule.cron.Timetable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule runs, and what becomes of a nominal time that it cannot keep.
 *
 * @param schedules cron expressions
 * @param timeZone of those that name none
 * @param suspended whether its definition suspends it
 * @param startingDeadline a nominal time that is later than this is missed; null for none
 * @param maxCatchUp how many nominal times {@link CatchUp#ALL} makes up for
 * @param jitter the schedule is delayed by a constant part of this; null for none
 * @param successfulRuns how many of its successful jobs the status lists
 * @param failedRuns how many of the others
 */
public record ScheduleSettings(
    List<String> schedules,
    String timeZone,
    boolean suspended,
    ConcurrencyPolicy concurrencyPolicy,
    @Nullable Duration startingDeadline,
    CatchUp catchUp,
    int maxCatchUp,
    @Nullable Duration jitter,
    int successfulRuns,
    int failedRuns) {

  public ScheduleSettings {
    schedules = List.copyOf(schedules);
  }

  /** What happens at a nominal time while an earlier job has not ended. */
  public enum ConcurrencyPolicy {
    /** Another job runs beside it. */
    ALLOW,
    /** The nominal time is skipped. */
    FORBID,
    /** The earlier job is cancelled, and the new one starts when it is gone. */
    REPLACE
  }

  /** What happens to nominal times that passed while Firesteel could not run the schedule. */
  public enum CatchUp {
    /** The latest one runs. */
    LATEST,
    /** Those that are more than a minute late do not run. */
    NONE,
    /** All run, oldest first, up to a bound. */
    ALL
  }

  /** The nominal times. */
  Timetable timetable() {
    try {
      return Timetable.of(schedules, Timetable.zone(timeZone));
    } catch (CronException e) {
      throw new IllegalStateException("an unreadable schedule was stored", e);
    }
  }

  /** Whether the nominal times of both are the same. */
  boolean sameTimes(ScheduleSettings other) {
    return schedules.equals(other.schedules) && timeZone.equals(other.timeZone);
  }

  /** By how much each run of a schedule is delayed; always the same for one schedule. */
  Duration delay(ScheduleKey key) {
    long millis = jitter == null ? 0 : jitter.toMillis();
    return millis == 0
        ? Duration.ZERO
        : Duration.ofMillis(
            Long.parseUnsignedLong(Sha256.of(key.toString()).substring(0, 15), 16) % millis);
  }
}
