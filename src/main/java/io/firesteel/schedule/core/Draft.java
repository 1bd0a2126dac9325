package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.ask.Ask;
import io.firesteel.event.EventHeader;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.Requester;
import io.firesteel.schedule.core.ScheduleSettings.ConcurrencyPolicy;
import io.firesteel.schedule.core.ScheduleState.Run;
import io.firesteel.schedule.cron.NominalTime;
import io.firesteel.schedule.cron.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A schedule's state in the course of one decision, with the outputs so far. One thread. */
final class Draft {

  /** Also the largest number of jobs on which another may depend. */
  static final int MAX_ACTIVE = 100;

  final Instant now;
  final List<ScheduleOutput> outputs = new ArrayList<>();
  private ScheduleState state;
  private StoredRequest request;

  Draft(ScheduleState state, StoredRequest request, Instant now) {
    this.state = state;
    this.request = request;
    this.now = now;
  }

  ScheduleState state() {
    return state;
  }

  StoredRequest request() {
    return request;
  }

  void set(ScheduleState changed) {
    state = changed.withUpdatedAt(time());
  }

  void setRequest(StoredRequest changed) {
    request = changed;
  }

  private Instant time() {
    return now.isBefore(state.updatedAt()) ? state.updatedAt() : now;
  }

  void publish(ScheduleEvent event, @Nullable Origin cause) {
    set(state.withSequence(state.sequence() + 1));
    outputs.add(
        new ScheduleOutput.Publish(
            state.key(),
            state.generation(),
            EventHeader.causedBy(cause, state.sequence(), state.updatedAt()),
            event));
  }

  /** By how much a run at a nominal time is later than planned. */
  Duration late(Instant scheduledAt) {
    Duration late = Duration.between(scheduledAt.plus(state.settings().delay(state.key())), now);
    return late.isNegative() ? Duration.ZERO : late;
  }

  boolean isPastDeadline(Instant scheduledAt) {
    Duration deadline = state.settings().startingDeadline();
    return deadline != null && late(scheduledAt).compareTo(deadline) > 0;
  }

  /** Asks for the job of a nominal time. */
  void fire(NominalTime time) {
    List<Run> earlier =
        state.settings().concurrencyPolicy() == ConcurrencyPolicy.REPLACE
            ? state.active()
            : List.of();
    JobKey job = RunId.of(state.key(), time.at());
    for (Run run : earlier) {
      if (!run.replaced()) {
        outputs.add(new ScheduleOutput.WriteAsk(cancellation(run, job)));
      }
    }
    set(
        state.withActive(
            state.active().stream()
                .map(run -> earlier.contains(run) ? run.withReplaced() : run)
                .toList()));
    ask(job, time, earlier, null);
  }

  /** Asks for a job outside of the nominal times, whatever the concurrency policy is. */
  void fireNow(Origin cause) {
    Instant at = Instant.ofEpochSecond(now.getEpochSecond());
    Timetable timetable = state.settings().timetable();
    ask(RunId.of(state.key(), cause), new NominalTime(at, timetable.zone()), List.of(), cause);
  }

  private Ask cancellation(Run run, JobKey successor) {
    return new Ask.CancellationAsked(
        new JobKey(state.key().tenant(), run.jobId()),
        new Requester.ScheduledRun(state.key().name(), run.scheduledAt()),
        "replaced by " + successor.id());
  }

  private void ask(JobKey job, NominalTime time, List<Run> dependsOn, @Nullable Origin cause) {
    ObjectNode payload = payload(time);
    if (!dependsOn.isEmpty()) {
      ArrayNode dependencies = payload.putArray("dependsOn");
      dependsOn.forEach(
          run -> dependencies.addObject().put("jobId", run.jobId()).put("condition", "completion"));
    }
    outputs.add(
        new ScheduleOutput.WriteAsk(
            new Ask.JobAsked(
                job, new Requester.ScheduledRun(state.key().name(), time.at()), now, payload)));
    Run run = new Run(job.id(), time.at(), now, cause != null, false, null, null);
    List<Run> active = new ArrayList<>(state.active());
    active.add(run);
    set(state.withActive(active).withLastFired(run));
    publish(
        new ScheduleEvent.Fired(
            time.at(), job.id(), cause != null, cause == null ? late(time.at()).toSeconds() : 0),
        cause);
  }

  private ObjectNode payload(NominalTime time) {
    JsonNode payload = request.request();
    if (!request.filled()) {
      return payload.deepCopy();
    }
    Run success = state.lastSuccess();
    return RunParameters.fill(
        payload,
        RunParameters.values(
            time,
            state.settings().timetable().previous(time.at(), state.anchor()),
            success == null ? null : new NominalTime(success.scheduledAt(), time.zone())));
  }

  /** What becomes of nominal times without a job. */
  void missed(List<Instant> times, ScheduleEvent.Reason reason) {
    if (!times.isEmpty()) {
      publish(
          new ScheduleEvent.Missed(times.getFirst(), times.getLast(), times.size(), reason), null);
    }
  }

  void skipped(Instant at, ScheduleEvent.Reason reason) {
    publish(new ScheduleEvent.Skipped(at, at, 1, reason), null);
  }

  /** The nominal time at an instant, in the zone of the expression that names it. */
  NominalTime nominal(Instant at) {
    Timetable timetable = state.settings().timetable();
    NominalTime found = timetable.next(at.minusNanos(1), state.anchor());
    return found != null && found.at().equals(at) ? found : new NominalTime(at, timetable.zone());
  }

  @Nullable Instant next() {
    NominalTime next = state.settings().timetable().next(state.cursor(), state.anchor());
    return next == null ? null : Objects.requireNonNull(next.at());
  }
}
