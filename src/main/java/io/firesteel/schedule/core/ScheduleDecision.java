package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.event.EventHeader;
import io.firesteel.event.Outcome;
import io.firesteel.job.Origin;
import io.firesteel.job.RecordPosition;
import io.firesteel.schedule.core.ScheduleEvent.Reason;
import io.firesteel.schedule.core.ScheduleState.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an input does to one schedule. Pure: the same state, input and time give the same
 * result. The cursor of a schedule only grows, so a clock that goes back delays a run and never
 * doubles it.
 *
 * @param state after the decision; null if nothing is stored
 * @param request of its jobs; null if nothing is stored
 */
public record ScheduleDecision(
    @Nullable ScheduleState state, @Nullable StoredRequest request, List<ScheduleOutput> outputs) {

  /** How long the state of a removed schedule is kept, in case the removal was a mistake. */
  static final Duration REMOVED_KEPT = Duration.ofHours(1);

  /** The most schedules that a tenant may have. */
  public static final int MAX_PER_TENANT = 1_000;

  private static final StoredRequest NO_REQUEST =
      new StoredRequest(JsonNodeFactory.instance.objectNode(), false);

  /** Decides about the nominal times that are due, or forgets a schedule. */
  public static ScheduleDecision tick(ScheduleState state, StoredRequest request, Instant now) {
    Draft draft = new Draft(state, request, now);
    if (state.removedAt() != null) {
      return state.removedAt().plus(REMOVED_KEPT).isAfter(now)
          ? end(draft)
          : new ScheduleDecision(null, null, List.of());
    }
    new DueTimes(draft).settleBatch();
    return end(draft);
  }

  /**
   * Creates or changes a schedule.
   *
   * @param before null if it is unknown
   * @param origin the event that applies it; null for the definitions directory
   * @param full whether the tenant may not have another schedule
   */
  public static ScheduleDecision define(
      @Nullable ScheduleState before,
      @Nullable StoredRequest requestBefore,
      JobSchedule schedule,
      @Nullable Origin origin,
      Instant now,
      boolean full) {
    if (isRepeated(before, origin)) {
      return unchanged(before, requestBefore);
    }
    if (before == null || before.removedAt() != null) {
      String reason =
          "the tenant has %d schedules, the limit; delete one".formatted(MAX_PER_TENANT);
      return origin != null && full
          ? answer(before, requestBefore, schedule.key(), origin, now, refused(origin, reason))
          : create(before, schedule, origin, now);
    }
    if (origin != null && !before.byEvent()) {
      String reason = "the definitions directory has a schedule of this name; change it there";
      return answer(before, requestBefore, schedule.key(), origin, now, refused(origin, reason));
    }
    return change(
        before, Objects.requireNonNullElse(requestBefore, NO_REQUEST), schedule, origin, now);
  }

  private static ScheduleDecision create(
      @Nullable ScheduleState removed, JobSchedule schedule, @Nullable Origin origin, Instant now) {
    StoredRequest request = StoredRequest.of(schedule);
    ScheduleState state =
        removed == null
            ? ScheduleStateBuilder.builder()
                .key(schedule.key())
                .generation(now.toEpochMilli())
                .settings(schedule.settings())
                .requestDigest("")
                .anchor(now)
                .cursor(now)
                .active(List.of())
                .pending(List.of())
                .ended(List.of())
                .updatedAt(now)
                .build()
            : removed;
    Draft draft = new Draft(state, request, now);
    draft.set(
        state.with(it ->
            it.settings(schedule.settings())
                .requestDigest(request.digest())
                .byEvent(origin != null)
                .anchor(Instant.ofEpochSecond(now.getEpochSecond()))
                .cursor(now.isAfter(state.cursor()) ? now : state.cursor())
                .suspended(false)
                .removedAt(null)
                .control(position(origin, state))));
    draft.publish(
        new ScheduleEvent.Applied(true, schedule.settings().suspended() ? null : draft.next()),
        origin);
    return end(draft);
  }

  private static ScheduleDecision change(
      ScheduleState before,
      StoredRequest requestBefore,
      JobSchedule schedule,
      @Nullable Origin origin,
      Instant now) {
    StoredRequest request = StoredRequest.of(schedule);
    boolean same =
        before.settings().equals(schedule.settings())
            && before.requestDigest().equals(request.digest())
            && before.byEvent() == (origin != null);
    if (same && origin == null) {
      return unchanged(before, requestBefore);
    }
    Draft draft = new Draft(before, requestBefore, now);
    DueTimes due = new DueTimes(draft);
    due.settle();
    boolean wasSuspended = draft.state().effectivelySuspended();
    if (!before.settings().sameTimes(schedule.settings())) {
      due.abandon();
      draft.set(draft.state().withAnchor(Instant.ofEpochSecond(now.getEpochSecond())));
    }
    draft.setRequest(request);
    draft.set(
        draft
            .state()
            .with(it ->
                it.settings(schedule.settings())
                    .requestDigest(request.digest())
                    .byEvent(origin != null)
                    .control(position(origin, before))));
    boolean suspended = draft.state().effectivelySuspended();
    draft.publish(new ScheduleEvent.Applied(false, suspended ? null : draft.next()), origin);
    if (wasSuspended && !suspended) {
      endSuspension(draft, null, true);
    } else if (!wasSuspended && suspended) {
      draft.publish(new ScheduleEvent.Suspended(null, null, true), null);
    }
    return end(draft);
  }

  /** Removes a schedule; its jobs continue. */
  public static ScheduleDecision remove(
      ScheduleState state, StoredRequest request, @Nullable Origin origin, Instant now) {
    if (isRepeated(state, origin)) {
      return unchanged(state, request);
    }
    if (origin != null && !state.byEvent()) {
      String reason = "the definitions directory has this schedule; remove it there";
      return answer(state, request, state.key(), origin, now, refused(origin, reason));
    }
    Draft draft = new Draft(state, request, now);
    DueTimes due = new DueTimes(draft);
    due.settle();
    publishPassed(draft);
    due.abandon();
    draft.set(draft.state().withRemovedAt(now).withControl(position(origin, state)));
    draft.publish(new ScheduleEvent.Removed(draft.state().active().size()), origin);
    return end(draft);
  }

  /** Suspends a schedule: its nominal times pass without a job. */
  public static ScheduleDecision suspend(
      ScheduleState state, StoredRequest request, Origin origin, Instant now) {
    if (isRepeated(state, origin)) {
      return unchanged(state, request);
    }
    Draft draft = new Draft(state, request, now);
    new DueTimes(draft).settle();
    boolean changed = !state.effectivelySuspended();
    draft.set(draft.state().withSuspended(true).withControl(position(origin, state)));
    draft.publish(new ScheduleEvent.Suspended(origin.source(), origin.id(), changed), origin);
    return end(draft);
  }

  /** Ends a suspension. The nominal times that passed meanwhile are skipped. */
  public static ScheduleDecision resume(
      ScheduleState state, StoredRequest request, Origin origin, Instant now) {
    if (isRepeated(state, origin)) {
      return unchanged(state, request);
    }
    Draft draft = new Draft(state, request, now);
    new DueTimes(draft).settle();
    draft.set(draft.state().withSuspended(false).withControl(position(origin, state)));
    boolean changed = state.effectivelySuspended() && !draft.state().effectivelySuspended();
    endSuspension(draft, origin, changed);
    return end(draft);
  }

  private static void endSuspension(Draft draft, @Nullable Origin origin, boolean changed) {
    if (changed) {
      publishPassed(draft);
    }
    draft.publish(
        new ScheduleEvent.Resumed(
            origin == null ? null : origin.source(), origin == null ? null : origin.id(), changed),
        origin);
  }

  private static void publishPassed(Draft draft) {
    Span passed = draft.state().passed();
    if (passed != null) {
      draft.set(draft.state().withPassed(null));
      draft.publish(
          new ScheduleEvent.Skipped(passed.from(), passed.to(), passed.count(), Reason.SUSPENDED),
          null);
    }
  }

  /** Runs a job now, beside the nominal times. */
  public static ScheduleDecision run(
      ScheduleState state, StoredRequest request, Origin origin, Instant now) {
    if (isRepeated(state, origin)) {
      return unchanged(state, request);
    }
    Draft draft = new Draft(state.withControl(position(origin, state)), request, now);
    if (state.active().size() >= Draft.MAX_ACTIVE) {
      draft.skipped(now, Reason.TOO_MANY_ACTIVE);
    } else {
      draft.fireNow(origin);
    }
    return end(draft);
  }

  /** One of its jobs ended. */
  public static ScheduleDecision jobEnded(
      ScheduleState state,
      StoredRequest request,
      String jobId,
      Outcome outcome,
      Instant at,
      Instant now) {
    ScheduleState ended = RunHistory.after(state, jobId, outcome, at);
    return ended == null ? unchanged(state, request) : end(new Draft(ended, request, now));
  }

  /** Answers a control event about a schedule that is unknown. */
  public static ScheduleDecision unknown(ScheduleKey key, Origin origin, Instant now) {
    return answer(
        null, null, key, origin, now, new ScheduleEvent.Unknown(origin.source(), origin.id()));
  }

  private static ScheduleEvent refused(Origin origin, String reason) {
    return new ScheduleEvent.Refused(origin.source(), origin.id(), reason);
  }

  /** Publishes an event that changes nothing, also about a schedule that is not stored. */
  private static ScheduleDecision answer(
      @Nullable ScheduleState state,
      @Nullable StoredRequest request,
      ScheduleKey key,
      Origin origin,
      Instant now,
      ScheduleEvent event) {
    if (state != null) {
      Draft draft =
          new Draft(
              state.withControl(position(origin, state)),
              Objects.requireNonNullElse(request, NO_REQUEST),
              now);
      draft.publish(event, origin);
      return new ScheduleDecision(draft.state(), request, draft.outputs);
    }
    RecordPosition record = origin.record();
    long sequence = record == null ? 0 : record.offset();
    return new ScheduleDecision(
        null,
        null,
        List.of(
            new ScheduleOutput.Publish(
                key, now.toEpochMilli(), EventHeader.causedBy(origin, sequence, now), event)));
  }

  private static boolean isRepeated(@Nullable ScheduleState state, @Nullable Origin origin) {
    return state != null
        && origin != null
        && origin.record() != null
        && origin.record().isAtOrBefore(state.control());
  }

  private static @Nullable RecordPosition position(@Nullable Origin origin, ScheduleState state) {
    return origin == null || origin.record() == null ? state.control() : origin.record();
  }

  private static ScheduleDecision unchanged(
      @Nullable ScheduleState state, @Nullable StoredRequest request) {
    return new ScheduleDecision(state, request, List.of());
  }

  /** Starts what waited, and sets the alarm. */
  private static ScheduleDecision end(Draft draft) {
    new DueTimes(draft).startPending();
    ScheduleState state = draft.state();
    Instant removed = state.removedAt();
    Instant alarm = removed == null ? DueTimes.alarm(state) : removed.plus(REMOVED_KEPT);
    return new ScheduleDecision(state.withAlarm(alarm), draft.request(), draft.outputs);
  }
}
