package io.firesteel.admission;

import io.firesteel.admission.JobState.Admitted;
import io.firesteel.admission.JobState.Blocked;
import io.firesteel.admission.JobState.Delayed;
import io.firesteel.admission.JobState.Ended;
import io.firesteel.admission.JobState.Foretold;
import io.firesteel.admission.JobState.Queued;
import io.firesteel.admission.JobState.Running;
import io.firesteel.admission.JobState.Stopping;
import io.firesteel.admission.JobState.Submitted;
import io.firesteel.job.Deadlines;
import io.firesteel.job.JobKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One alarm for each job: the earliest moment at which its state, left alone, would change. It
 * follows from the state, so no alarm outlives its reason.
 */
final class Wakes {

  private static final String GROUP = "w/";
  private static final int TIME_LENGTH = 16;

  private final State state;
  private final AdmissionSettings settings;

  Wakes(State state, AdmissionSettings settings) {
    this.state = state;
    this.settings = settings;
  }

  void follow(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    String left = member(before);
    String entered = member(after);
    if (left != null && !left.equals(entered)) {
      state.remove(GROUP, left);
    }
    if (entered != null && !entered.equals(left)) {
      state.add(GROUP, entered);
    }
  }

  /** Jobs whose moment has come, the longest overdue first. Their alarms are taken away. */
  List<JobKey> due(Instant now, int limit) {
    String until = Order.floor(now);
    String first = state.first(GROUP);
    if (first == null || !rings(first, until)) {
      return List.of();
    }
    List<String> due =
        state.list(GROUP, limit).stream().takeWhile(member -> rings(member, until)).toList();
    due.forEach(member -> state.remove(GROUP, member));
    return due.stream().map(m -> JobKey.parse(m.substring(TIME_LENGTH + 1))).toList();
  }

  /** Sets the alarm of a job again after it rang for nothing. */
  void again(TrackedJob job) {
    String member = member(job);
    if (member != null) {
      state.add(GROUP, member);
    }
  }

  /** When a job would change by itself; null for never. */
  @Nullable Instant wakeAt(TrackedJob job) {
    Deadlines deadlines = job.head().deadlines();
    return switch (job.state()) {
      case Foretold(_, var at) -> plus(at, settings.remember());
      case Blocked(_, var unknownUntil) -> earliest(unknownUntil, queueEnd(job));
      case Delayed(var until, _) -> earliest(until, queueEnd(job));
      case Queued _ -> queueEnd(job);
      case Admitted(var at, _) -> earliest(plus(at, deadlines.startWithin()), deadlines.finishBy());
      case Submitted(var at, _) ->
          earliest(plus(at, deadlines.startWithin()), deadlines.finishBy());
      case Running(var at, _, _) -> earliest(plus(at, deadlines.runWithin()), deadlines.finishBy());
      case Stopping _ -> null;
      case Ended(_, _, var at) -> plus(at, settings.remember());
    };
  }

  /** Until when a job may wait. */
  static @Nullable Instant queueEnd(TrackedJob job) {
    Deadlines deadlines = job.head().deadlines();
    return job.attempt() == 0
        ? earliest(deadlines.admitBy(), deadlines.finishBy())
        : deadlines.finishBy();
  }

  /** A point in time later; a span beyond all time means never. */
  static @Nullable Instant plus(Instant at, @Nullable Duration span) {
    if (span == null) {
      return null;
    }
    try {
      return at.plus(span);
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }

  private static @Nullable Instant earliest(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) {
      return b;
    }
    return b == null || a.isBefore(b) ? a : b;
  }

  private static boolean rings(String member, String until) {
    return member.substring(0, TIME_LENGTH).compareTo(until) <= 0;
  }

  private @Nullable String member(@Nullable TrackedJob job) {
    if (job == null) {
      return null;
    }
    Instant at = wakeAt(job);
    return at == null ? null : Order.time(at) + "/" + job.key();
  }
}
