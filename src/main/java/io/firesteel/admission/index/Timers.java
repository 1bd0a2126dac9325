package io.firesteel.admission.index;

import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobState.Admitted;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Delayed;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Precancelled;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.JobState.Running;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.JobState.Submitted;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.TrackedJob;
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
public final class Timers {

  private static final String GROUP = "w/";
  private static final int TIME_LENGTH = 16;

  private final AdmissionStore store;
  private final AdmissionSettings settings;

  public Timers(AdmissionStore admissionStore, AdmissionSettings settings) {
    this.store = admissionStore;
    this.settings = settings;
  }

  public void update(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    String left = member(before);
    String entered = member(after);
    if (left != null && !left.equals(entered)) {
      store.remove(GROUP, left);
    }
    if (entered != null && !entered.equals(left)) {
      store.add(GROUP, entered);
    }
  }

  /** Jobs whose moment has come, the longest overdue first. Their alarms are taken away. */
  public List<JobKey> takeDue(Instant now, int limit) {
    String until = SortKey.ofTimeFloor(now);
    String first = store.first(GROUP);
    if (first == null || !isDue(first, until)) {
      return List.of();
    }
    List<String> due =
        store.list(GROUP, limit).stream().takeWhile(member -> isDue(member, until)).toList();
    due.forEach(member -> store.remove(GROUP, member));
    return due.stream().map(m -> JobKey.parse(m.substring(TIME_LENGTH + 1))).toList();
  }

  /** Sets the alarm of a job again after it rang for nothing. */
  public void rearm(TrackedJob job) {
    String member = member(job);
    if (member != null) {
      store.add(GROUP, member);
    }
  }

  /** When a job would change by itself; null for never. */
  @Nullable
  public Instant dueAt(TrackedJob job) {
    Deadlines deadlines = job.head().deadlines();
    return switch (job.state()) {
      case Precancelled(_, var at) -> plusOrNever(at, settings.remember());
      case Blocked(_, var unknownUntil) -> earliest(unknownUntil, waitDeadline(job));
      case Delayed(var until, _) -> earliest(until, waitDeadline(job));
      case Queued _ -> waitDeadline(job);
      case Admitted(var at, _) ->
          earliest(plusOrNever(at, deadlines.startWithin()), deadlines.finishBy());
      case Submitted(var at, _) ->
          earliest(plusOrNever(at, deadlines.startWithin()), deadlines.finishBy());
      case Running(var at, _, _) ->
          earliest(plusOrNever(at, deadlines.runWithin()), deadlines.finishBy());
      case Stopping _ -> null;
      case Ended(_, _, var at) -> plusOrNever(at, settings.remember());
    };
  }

  /** Until when a job may wait. */
  public static @Nullable Instant waitDeadline(TrackedJob job) {
    Deadlines deadlines = job.head().deadlines();
    return job.attempt() == 0
        ? earliest(deadlines.startBy(), deadlines.finishBy())
        : deadlines.finishBy();
  }

  /** A point in time later; a span beyond all time means never. */
  public static @Nullable Instant plusOrNever(Instant at, @Nullable Duration span) {
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

  private static boolean isDue(String member, String until) {
    return member.substring(0, TIME_LENGTH).compareTo(until) <= 0;
  }

  private @Nullable String member(@Nullable TrackedJob job) {
    if (job == null) {
      return null;
    }
    Instant at = dueAt(job);
    return at == null ? null : SortKey.ofTime(at) + "/" + job.key();
  }
}
