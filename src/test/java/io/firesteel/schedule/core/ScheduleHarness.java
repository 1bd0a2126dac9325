package io.firesteel.schedule.core;

import io.firesteel.ask.Ask;
import io.firesteel.event.Outcome;
import io.firesteel.job.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One schedule and a clock. Every decision is made twice, as after a crash, and must be the same.
 */
final class ScheduleHarness {

  private Instant now = SampleSchedule.START;
  private @Nullable ScheduleState state;
  private @Nullable StoredRequest request;
  private long offset;
  private final List<ScheduleEvent> events = new ArrayList<>();
  private final List<Ask> asks = new ArrayList<>();

  ScheduleHarness(SampleSchedule schedule) {
    define(schedule);
  }

  void define(SampleSchedule schedule) {
    apply((before, stored) ->
        ScheduleDecision.define(before, stored, schedule.build(), null, now, false));
  }

  void suspend() {
    Origin origin = SampleSchedule.origin(offset++);
    apply((before, stored) -> ScheduleDecision.suspend(before, stored, origin, now));
  }

  void resume() {
    Origin origin = SampleSchedule.origin(offset++);
    apply((before, stored) -> ScheduleDecision.resume(before, stored, origin, now));
  }

  void run(Origin origin) {
    apply((before, stored) -> ScheduleDecision.run(before, stored, origin, now));
  }

  void remove() {
    apply((before, stored) -> ScheduleDecision.remove(before, stored, null, now));
  }

  void end(String jobId, Outcome outcome) {
    apply((before, stored) -> ScheduleDecision.jobEnded(before, stored, jobId, outcome, now, now));
  }

  /** Moves the clock, during which nothing runs. */
  void outage(Duration time) {
    now = now.plus(time);
  }

  /** Runs for a while, with a tick each second at which something is due. */
  void elapse(Duration time) {
    Instant end = now.plus(time);
    while (state != null && state.alarm() != null && !state.alarm().isAfter(end)) {
      now = state.alarm().isAfter(now) ? state.alarm() : now;
      tick();
    }
    now = end;
  }

  void tick() {
    ScheduleState before = state;
    if (before != null && before.alarm() != null && !before.alarm().isAfter(now)) {
      apply((is, stored) -> ScheduleDecision.tick(is, stored, now));
    }
  }

  private void apply(BiFunction<ScheduleState, StoredRequest, ScheduleDecision> decision) {
    ScheduleDecision made = decision.apply(state, request);
    if (!made.equals(decision.apply(state, request))) {
      throw new AssertionError("a repeated decision differs");
    }
    state = made.state();
    request = made.request();
    for (ScheduleOutput output : made.outputs()) {
      switch (output) {
        case ScheduleOutput.WriteAsk(Ask ask) -> asks.add(ask);
        case ScheduleOutput.Publish published -> events.add(published.event());
      }
    }
  }

  ScheduleState state() {
    return Objects.requireNonNull(state);
  }

  boolean isForgotten() {
    return state == null;
  }

  Instant now() {
    return now;
  }

  /** The events since the last call, in short. */
  List<String> told() {
    List<String> told = events.stream().map(ScheduleHarness::text).toList();
    events.clear();
    return told;
  }

  /** All events so far that were not taken. */
  List<ScheduleEvent> events() {
    return events;
  }

  List<Ask> asks() {
    List<Ask> asked = List.copyOf(asks);
    asks.clear();
    return asked;
  }

  private static String text(ScheduleEvent event) {
    return switch (event) {
      case ScheduleEvent.Fired fired -> "fired " + time(fired.scheduledAt());
      case ScheduleEvent.Missed(var from, var to, var count, var why) ->
          "missed %s-%s %d %s".formatted(time(from), time(to), count, why);
      case ScheduleEvent.Skipped(var from, var to, var count, var why) ->
          "skipped %s-%s %d %s".formatted(time(from), time(to), count, why);
      case ScheduleEvent.Applied applied -> applied.created() ? "created" : "changed";
      case ScheduleEvent.Suspended suspended -> "suspended " + suspended.changed();
      case ScheduleEvent.Resumed resumed -> "resumed " + resumed.changed();
      case ScheduleEvent.Removed removed -> "removed " + removed.active();
      case ScheduleEvent.Unknown _ -> "unknown";
      case ScheduleEvent.Refused refused -> refused.reason();
    };
  }

  private static String time(Instant at) {
    return at.toString().substring(11, 16);
  }
}
