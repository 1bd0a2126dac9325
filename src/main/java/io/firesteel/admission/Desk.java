package io.firesteel.admission;

import io.firesteel.admission.JobState.Ended;
import io.firesteel.admission.JobState.Queued;
import io.firesteel.admission.Reports.Requester;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.PublishedEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.event.TenantEvent;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one decision is worked out. {@link #move} is the only way to change a job: queue, slots,
 * alarms, dependencies, the desired driver, events and status all follow from the job before and
 * after. One thread, one decision.
 */
final class Desk {

  final AdmissionSettings settings;
  final Instant now;
  final Slots slots;
  final Dependencies dependencies;
  final ReadyQueue queue;
  final Wakes wakes;
  final ObjectVersions objects;
  final Generations generations;
  final Removals removals;

  private final Draft state;
  private final Reports reports;
  private final List<Output> outputs = new ArrayList<>();
  private final Map<JobKey, TrackedJob> touched = new LinkedHashMap<>();
  private final Map<JobKey, Job> drives = new LinkedHashMap<>();
  private final Set<JobKey> queued = new LinkedHashSet<>();
  private final Deque<JobKey> ended = new ArrayDeque<>();

  Desk(State stored, AdmissionSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    this.state = new Draft(stored);
    this.slots = new Slots(state);
    this.dependencies = new Dependencies(state);
    this.queue = new ReadyQueue(state);
    this.wakes = new Wakes(state, settings);
    this.objects = new ObjectVersions(state);
    this.generations = new Generations(state, slots, now);
    this.removals = new Removals(state, settings);
    this.reports = new Reports(settings);
  }

  /** A job as it is now; null if nobody has heard of it. */
  @Nullable TrackedJob job(JobKey key) {
    return state.get(Table.JOBS, key.toString());
  }

  /** Keeps what was asked for until the job is over. */
  void keep(Job request) {
    state.put(Table.REQUESTS, request.key().toString(), request);
  }

  /** Lets a job that is over, or never came, be forgotten. */
  void forget(TrackedJob job) {
    wakes.follow(job, null);
    objects.forget(job.head());
    generations.forget(job.head());
    state.delete(Table.JOBS, job.key().toString());
    if (job.sequence() > 0) {
      outputs.add(new Output.Report(job.key(), null));
    }
  }

  /** Notes a job that nothing is said about yet. */
  void note(TrackedJob job) {
    reindex(null, job);
  }

  /** Changes a job and says so; its place, slot, alarm and driver follow. */
  TrackedJob move(@Nullable TrackedJob before, TrackedJob after, JobEvent... events) {
    return move(before, after, after.head().causationId(), events);
  }

  /** Changes a job because of a command. */
  TrackedJob move(@Nullable TrackedJob before, TrackedJob after, String cause, JobEvent... events) {
    TrackedJob moved = timed(before, after);
    for (JobEvent event : events) {
      moved = tell(moved, cause, event);
    }
    if (over(before, moved)) {
      Job request = request(moved.key());
      moved = conclude(before, moved, cause, new Requester(request.origin(), request.labels()));
    }
    reindex(before, moved);
    if (over(before, moved)) {
      state.delete(Table.REQUESTS, moved.key().toString());
    }
    return moved;
  }

  /** Ends a job that was never let in. */
  void refuse(TrackedJob job, Requester requester) {
    reindex(null, conclude(null, timed(null, job), job.head().causationId(), requester));
  }

  /** Says something about a tenant; {@code cause} is what led to it, if an event did. */
  void announce(Tenant tenant, @Nullable Origin cause, TenantEvent event) {
    outputs.add(
        new Output.Announce(
            new PublishedTenantEvent(
                tenant.name(),
                slots.told(tenant),
                now,
                cause == null ? null : cause.correlationId(),
                cause == null ? null : cause.id(),
                cause == null ? null : cause.traceparent(),
                event)));
  }

  /** The next job that ended in this decision; null when there is none left. */
  @Nullable JobKey nextEnded() {
    return ended.poll();
  }

  /** Jobs that joined a queue in this decision. */
  Set<JobKey> queued() {
    return queued;
  }

  /** Writes the state and hands out what is to be done. */
  List<Output> close() {
    drives.forEach((key, request) -> outputs.add(new Output.Drive(key, driver(key, request))));
    touched.values().forEach(job -> outputs.add(new Output.Report(job.key(), reports.status(job))));
    slots.touchedTenants().forEach(this::reportLoad);
    state.flush();
    return outputs;
  }

  private TrackedJob timed(@Nullable TrackedJob before, TrackedJob after) {
    JobPhase from = before == null ? JobPhase.UNKNOWN : before.state().phase();
    JobPhase to = after.state().phase();
    if (from == to) {
      return after;
    }
    Duration spent = before == null ? Duration.ZERO : Duration.between(before.since(), now);
    outputs.add(
        new Output.Moved(
            after.key(),
            after.attempt(),
            from,
            to,
            spent,
            Reports.failure(after.state()),
            after.head().traceparent()));
    return after.since(now);
  }

  private TrackedJob conclude(
      @Nullable TrackedJob before, TrackedJob after, String cause, Requester requester) {
    Ended end = (Ended) after.state();
    JobPhase previous = before == null ? JobPhase.UNKNOWN : before.state().phase();
    TrackedJob done = after.timeline(after.timeline().ended(latest(after)));
    ended.add(done.key());
    return tell(done, cause, new JobEvent.Ended(reports.result(done, end, previous, requester)));
  }

  private TrackedJob tell(TrackedJob job, String cause, JobEvent event) {
    TrackedJob told = job.told(job.sequence() + 1, latest(job));
    JobHead head = job.head();
    outputs.add(
        new Output.Publish(
            new PublishedEvent(
                job.key(),
                head.generation(),
                told.sequence(),
                told.toldAt(),
                head.correlationId(),
                cause,
                head.traceparent(),
                event)));
    return told;
  }

  private Instant latest(TrackedJob job) {
    return now.isBefore(job.toldAt()) ? job.toldAt() : now;
  }

  private void reindex(@Nullable TrackedJob before, TrackedJob after) {
    queue.follow(before, after);
    slots.follow(before, after);
    wakes.follow(before, after);
    dependencies.follow(before, after);
    JobKey key = after.key();
    if (after.state() instanceof Queued && !(before != null && before.state() instanceof Queued)) {
      queued.add(key);
    }
    if (!Objects.equals(Wanted.of(before), Wanted.of(after))) {
      drives.computeIfAbsent(key, this::request);
    }
    if (after.sequence() > 0) {
      touched.put(key, after);
    }
    state.put(Table.JOBS, key.toString(), after);
  }

  private io.firesteel.job.@Nullable DesiredDriver driver(JobKey key, Job request) {
    Wanted wanted = Wanted.of(job(key));
    return wanted == null ? null : wanted.driver(request);
  }

  private Job request(JobKey key) {
    Job request = state.get(Table.REQUESTS, key.toString());
    return Objects.requireNonNull(request, () -> "the request of a live job is missing: " + key);
  }

  private void reportLoad(String name) {
    outputs.add(Output.Load.of(slots.tenant(name, name)));
  }

  private static boolean over(@Nullable TrackedJob before, TrackedJob after) {
    return after.state() instanceof Ended && !(before != null && before.state() instanceof Ended);
  }
}
