package io.firesteel.schedule.core;

import io.firesteel.schedule.core.ScheduleEvent.Reason;
import io.firesteel.schedule.core.ScheduleSettings.CatchUp;
import io.firesteel.schedule.core.ScheduleState.Span;
import io.firesteel.schedule.cron.NominalTime;
import io.firesteel.schedule.cron.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides about the nominal times that have passed, each once and in order. */
final class DueTimes {

  /** The bound of one step, so that an outage of years does not stop everything else. */
  static final int BATCH = 10_000;

  static final int MAX_CATCH_UP = 100;

  /** A run that is later than this counts as late. */
  static final Duration ON_TIME = Duration.ofMinutes(1);

  private final Draft draft;

  DueTimes(Draft draft) {
    this.draft = draft;
  }

  /** When a nominal time is due next; null if never, or while the schedule is suspended. */
  static @Nullable Instant alarm(ScheduleState state) {
    if (state.effectivelySuspended()) {
      return null;
    }
    NominalTime next = state.settings().timetable().next(state.cursor(), state.anchor());
    return next == null ? null : next.at().plus(state.settings().delay(state.key()));
  }

  /** Decides about all of them. */
  void settle() {
    while (settleBatch()) {
      // Each step moves the cursor.
    }
  }

  /** Decides about the first of them; returns whether there may be more. */
  boolean settleBatch() {
    ScheduleState state = draft.state();
    List<NominalTime> due =
        between(draft.now.minus(state.settings().delay(state.key())), BATCH + 1);
    if (due.isEmpty()) {
      return false;
    }
    boolean more = due.size() > BATCH;
    // The last ones may be the latest, which are treated differently.
    List<NominalTime> decided = more ? due.subList(0, BATCH - MAX_CATCH_UP) : due;
    draft.set(state.withCursor(decided.getLast().at()));
    if (state.effectivelySuspended()) {
      pass(decided);
    } else if (more) {
      draft.missed(instants(decided), Reason.CATCH_UP);
    } else {
      decide(decided);
    }
    return more;
  }

  /** Gives up nominal times whose delay has not ended, and those that wait for an active job. */
  void abandon() {
    List<Instant> open = new ArrayList<>(draft.state().pending());
    open.addAll(instants(between(draft.now, BATCH)));
    draft.set(draft.state().withPending(List.of()).withCursor(draft.now));
    draft.missed(open, Reason.CHANGED);
  }

  /** Starts the first of the nominal times that wait for the end of an active job. */
  void startPending() {
    while (!draft.state().effectivelySuspended()
        && draft.state().removedAt() == null
        && draft.state().active().isEmpty()
        && !draft.state().pending().isEmpty()) {
      List<Instant> pending = draft.state().pending();
      Instant at = pending.getFirst();
      draft.set(draft.state().withPending(pending.subList(1, pending.size())));
      if (draft.isPastDeadline(at)) {
        draft.missed(List.of(at), Reason.DEADLINE);
      } else {
        draft.fire(draft.nominal(at));
      }
    }
  }

  private List<NominalTime> between(Instant until, int limit) {
    ScheduleState state = draft.state();
    Timetable timetable = state.settings().timetable();
    List<NominalTime> found = new ArrayList<>();
    NominalTime next = timetable.next(state.cursor(), state.anchor());
    while (next != null && !next.at().isAfter(until) && found.size() < limit) {
      found.add(next);
      next = timetable.next(next.at(), state.anchor());
    }
    return found;
  }

  private void pass(List<NominalTime> times) {
    Span passed = draft.state().passed();
    for (NominalTime time : times) {
      passed = Span.with(passed, time.at());
    }
    draft.set(draft.state().withPassed(passed));
  }

  private void decide(List<NominalTime> due) {
    List<NominalTime> late = due.stream().filter(time -> draft.isPastDeadline(time.at())).toList();
    draft.missed(instants(late), Reason.DEADLINE);
    List<NominalTime> rest = due.subList(late.size(), due.size());
    if (rest.isEmpty()) {
      return;
    }
    ScheduleSettings settings = draft.state().settings();
    boolean behind = rest.size() > 1 || isLate(rest.getLast());
    int most =
        switch (settings.catchUp()) {
          case LATEST -> 1;
          case NONE -> isLate(rest.getLast()) ? 0 : 1;
          case ALL -> settings.maxCatchUp();
        };
    int first = Math.max(0, rest.size() - most);
    draft.missed(instants(rest.subList(0, first)), Reason.CATCH_UP);
    boolean waits = behind && settings.catchUp() == CatchUp.ALL;
    rest.subList(first, rest.size()).forEach(time -> start(time, waits));
  }

  private boolean isLate(NominalTime time) {
    return draft.late(time.at()).compareTo(ON_TIME) > 0;
  }

  /**
   * Starts the job of a nominal time, if the policy allows it.
   *
   * @param waits whether the nominal time waits for an active job instead of being skipped
   */
  private void start(NominalTime time, boolean waits) {
    ScheduleState state = draft.state();
    if (state.active().size() >= Draft.MAX_ACTIVE) {
      draft.skipped(time.at(), Reason.TOO_MANY_ACTIVE);
      return;
    }
    boolean forbidden =
        state.settings().concurrencyPolicy() == ScheduleSettings.ConcurrencyPolicy.FORBID
            && !(state.active().isEmpty() && state.pending().isEmpty());
    if (!forbidden) {
      draft.fire(time);
    } else if (waits && state.pending().size() < state.settings().maxCatchUp()) {
      List<Instant> pending = new ArrayList<>(state.pending());
      pending.add(time.at());
      draft.set(state.withPending(pending));
    } else {
      draft.skipped(time.at(), Reason.ACTIVE);
    }
  }

  private static List<Instant> instants(List<NominalTime> times) {
    return times.stream().map(NominalTime::at).toList();
  }
}
