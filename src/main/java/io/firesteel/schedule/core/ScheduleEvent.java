package io.firesteel.schedule.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event about a schedule. Each nominal time is in exactly one of {@link Fired}, {@link Skipped}
 * and {@link Missed}. {@code source} and {@code requestId} are those of a control event.
 */
public sealed interface ScheduleEvent {

  /** Why nominal times have no job. */
  enum Reason {
    /** An earlier job had not ended, and the policy is Forbid. */
    ACTIVE,
    /** A hundred earlier jobs had not ended. */
    TOO_MANY_ACTIVE,
    /** The schedule was suspended. */
    SUSPENDED,
    /** They were later than the starting deadline allows. */
    DEADLINE,
    /** They passed while Firesteel could not run the schedule, and it does not make up for them. */
    CATCH_UP,
    /** The schedule was changed or removed before their delay ended. */
    CHANGED
  }

  /**
   * The schedule was applied or changed.
   *
   * @param created whether no schedule of this name was there
   * @param next its next nominal time; null if it is suspended
   */
  record Applied(boolean created, @Nullable Instant next) implements ScheduleEvent {}

  /**
   * A job was asked for.
   *
   * @param scheduledAt its nominal time, or when the run was requested
   * @param requested whether a control event asked for it
   * @param lateSeconds by how much it is later than planned
   */
  record Fired(Instant scheduledAt, String jobId, boolean requested, long lateSeconds)
      implements ScheduleEvent {}

  /** Nominal times that have no job because they came too late. */
  record Missed(Instant from, Instant to, long count, Reason reason) implements ScheduleEvent {}

  /** Nominal times that have no job because of the state of the schedule. */
  record Skipped(Instant from, Instant to, long count, Reason reason) implements ScheduleEvent {}

  /** The schedule is suspended; {@code changed} is false if it was before. */
  record Suspended(@Nullable String source, @Nullable String requestId, boolean changed)
      implements ScheduleEvent {}

  /** The schedule runs; {@code changed} is false if nothing changed. */
  record Resumed(@Nullable String source, @Nullable String requestId, boolean changed)
      implements ScheduleEvent {}

  /** The schedule was removed; its jobs continue. */
  record Removed(int active) implements ScheduleEvent {}

  /** A control event is about an unknown schedule. */
  record Unknown(String source, String requestId) implements ScheduleEvent {}

  /** The tenant has as many schedules as it may have. */
  record Refused(String source, String requestId, String reason) implements ScheduleEvent {}

  /** CloudEvents' type. */
  default String type() {
    return "io.firesteel.schedule."
        + switch (this) {
          case Applied _ -> "applied";
          case Fired _ -> "fired";
          case Missed _ -> "missed";
          case Skipped _ -> "skipped";
          case Suspended _ -> "suspended";
          case Resumed _ -> "resumed";
          case Removed _ -> "removed";
          case Unknown _ -> "unknown";
          case Refused _ -> "refused";
        }
        + ".v1";
  }
}
