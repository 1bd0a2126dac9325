package io.firesteel.admission.index;

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
import io.firesteel.admission.state.KeyLayout;
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
 * One timer for each job: the earliest time at which its state changes without further input. The
 * timer follows from the state, so none outlives its cause.
 */
public final class Timers {

  private static final String GROUP = KeyLayout.timers();

  private final AdmissionStore store;
  private final Duration retention;

  public Timers(AdmissionStore admissionStore, Duration retention) {
    this.store = admissionStore;
    this.retention = retention;
  }

  /** Replaces the timer of a job; null after the job is forgotten. */
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

  /** Removes the timers that are due and returns their jobs, the longest overdue first. */
  public List<JobKey> takeDue(Instant now, int limit) {
    String until = SortKey.ofTimeFloor(now);
    String first = store.first(GROUP);
    if (first == null || !SortKey.isDue(first, until)) {
      return List.of();
    }
    List<String> due =
        store.list(GROUP, limit).stream()
            .takeWhile(member -> SortKey.isDue(member, until))
            .toList();
    due.forEach(member -> store.remove(GROUP, member));
    return due.stream().map(m -> JobKey.parse(m.substring(m.indexOf('/') + 1))).toList();
  }

  /** Sets the timer of a job again after it fired early. */
  public void rearm(TrackedJob job) {
    String member = member(job);
    if (member != null) {
      store.add(GROUP, member);
    }
  }

  /** When the state changes without further input; null for never. */
  @Nullable
  public Instant dueAt(TrackedJob job) {
    Deadlines deadlines = job.head().deadlines();
    return switch (job.state()) {
      case Precancelled(_, var at) -> plusOrNever(at, retention);
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
      case Ended(_, _, var at, _) -> plusOrNever(at, retention);
    };
  }

  /** The deadline that ends a waiting job; null for none. */
  public static @Nullable Instant waitDeadline(TrackedJob job) {
    Deadlines deadlines = job.head().deadlines();
    return job.attempt() == 0
        ? earliest(deadlines.startBy(), deadlines.finishBy())
        : deadlines.finishBy();
  }

  /** The sum; null, which means never, if one of them is null or the sum is out of range. */
  public static @Nullable Instant plusOrNever(@Nullable Instant at, @Nullable Duration span) {
    if (at == null || span == null) {
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

  private @Nullable String member(@Nullable TrackedJob job) {
    if (job == null) {
      return null;
    }
    Instant at = dueAt(job);
    return at == null ? null : SortKey.ofTime(at) + "/" + job.key();
  }
}
