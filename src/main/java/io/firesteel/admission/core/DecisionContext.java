package io.firesteel.admission.core;

import io.firesteel.admission.core.StatusMapper.Requester;
import io.firesteel.admission.index.DependencyGraph;
import io.firesteel.admission.index.Generations;
import io.firesteel.admission.index.ObjectVersions;
import io.firesteel.admission.index.ReadyQueue;
import io.firesteel.admission.index.Slots;
import io.firesteel.admission.index.Timers;
import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.event.TenantEvent;
import io.firesteel.inbox.DesiredDriver;
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
 * Where one decision is worked out. {@link #transition} is the only way to change a job: queue,
 * slots, alarms, dependencies, the desired driver, events and status all follow from the job before
 * and after. One thread, one decision.
 */
final class DecisionContext {

  final AdmissionSettings settings;
  final Instant now;
  final Slots slots;
  final DependencyGraph dependencyGraph;
  final ReadyQueue readyQueue;
  final Timers timers;
  final ObjectVersions objectVersions;
  final Generations generations;
  final RemovedTenants removedTenants;

  private final WriteBackStore store;
  private final StatusMapper statusMapper;
  private final List<AdmissionOutput> outputs = new ArrayList<>();
  private final Map<JobKey, TrackedJob> changedJobs = new LinkedHashMap<>();
  private final Map<JobKey, Job> changedDrivers = new LinkedHashMap<>();
  private final Set<JobKey> newlyQueued = new LinkedHashSet<>();
  private final Deque<JobKey> endedJobs = new ArrayDeque<>();

  DecisionContext(AdmissionStore stored, AdmissionSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    this.store = new WriteBackStore(stored);
    this.slots = new Slots(store);
    this.dependencyGraph = new DependencyGraph(store);
    this.readyQueue = new ReadyQueue(store);
    this.timers = new Timers(store, settings);
    this.objectVersions = new ObjectVersions(store);
    this.generations = new Generations(store, slots, now);
    this.removedTenants = new RemovedTenants(store, settings);
    this.statusMapper = new StatusMapper(settings);
  }

  /** A job as it is now; null if nobody has heard of it. */
  @Nullable TrackedJob job(JobKey key) {
    return store.get(Table.JOBS, key.toString());
  }

  /** Keeps what was asked for until the job is over. */
  void storeRequest(Job request) {
    store.put(Table.REQUESTS, request.key().toString(), request);
  }

  /** Lets a job that is over, or never came, be forgotten. */
  void forget(TrackedJob job) {
    timers.update(job, null);
    objectVersions.forget(job.head());
    generations.forget(job.head());
    store.delete(Table.JOBS, job.key().toString());
    if (job.sequence() > 0) {
      outputs.add(new AdmissionOutput.UpdateStatus(job.key(), null));
    }
  }

  /** Notes a job that nothing is said about yet. */
  void storeUnannounced(TrackedJob job) {
    reindex(null, job);
  }

  /** Changes a job and says so; its place, slot, alarm and driver follow. */
  TrackedJob transition(@Nullable TrackedJob before, TrackedJob after, JobEvent... events) {
    return transition(before, after, after.head().causationId(), events);
  }

  /** Changes a job because of a command. */
  TrackedJob transition(
      @Nullable TrackedJob before, TrackedJob after, String cause, JobEvent... events) {
    TrackedJob moved = recordPhaseChange(before, after);
    for (JobEvent event : events) {
      moved = publish(moved, cause, event);
    }
    if (endsNow(before, moved)) {
      Job request = request(moved.key());
      moved =
          publishResult(before, moved, cause, new Requester(request.origin(), request.labels()));
    }
    reindex(before, moved);
    if (endsNow(before, moved)) {
      store.delete(Table.REQUESTS, moved.key().toString());
    }
    return moved;
  }

  /** Ends a job that was never let in. */
  void reject(TrackedJob job, Requester requester) {
    reindex(
        null,
        publishResult(null, recordPhaseChange(null, job), job.head().causationId(), requester));
  }

  /** Says something about a tenant; {@code cause} is what led to it, if an event did. */
  void publishTenantEvent(TenantState tenantState, @Nullable Origin cause, TenantEvent event) {
    outputs.add(
        new AdmissionOutput.PublishTenantEvent(
            new PublishedTenantEvent(
                tenantState.name(),
                slots.nextEventSequence(tenantState),
                now,
                cause == null ? null : cause.correlationId(),
                cause == null ? null : cause.id(),
                cause == null ? null : cause.traceparent(),
                event)));
  }

  /** The next job that ended in this decision; null when there is none left. */
  @Nullable JobKey nextEnded() {
    return endedJobs.poll();
  }

  /** Jobs that joined a queue in this decision. */
  Set<JobKey> newlyQueued() {
    return newlyQueued;
  }

  /** Writes the state and hands out what is to be done. */
  List<AdmissionOutput> finish() {
    changedDrivers.forEach((key, request) ->
        outputs.add(new AdmissionOutput.SetDesiredDriver(key, desiredDriver(key, request))));
    changedJobs
        .values()
        .forEach(job ->
            outputs.add(new AdmissionOutput.UpdateStatus(job.key(), statusMapper.status(job))));
    slots.changedTenants().forEach(this::reportTenantLoad);
    store.flush();
    return outputs;
  }

  private TrackedJob recordPhaseChange(@Nullable TrackedJob before, TrackedJob after) {
    JobPhase from = before == null ? JobPhase.UNKNOWN : before.state().phase();
    JobPhase to = after.state().phase();
    if (from == to) {
      return after;
    }
    Duration spent = before == null ? Duration.ZERO : Duration.between(before.since(), now);
    outputs.add(
        new AdmissionOutput.PhaseChanged(
            after.key(),
            after.attempt(),
            from,
            to,
            spent,
            StatusMapper.failure(after.state()),
            after.head().traceparent()));
    return after.since(now);
  }

  private TrackedJob publishResult(
      @Nullable TrackedJob before, TrackedJob after, String cause, Requester requester) {
    Ended end = (Ended) after.state();
    JobPhase previous = before == null ? JobPhase.UNKNOWN : before.state().phase();
    TrackedJob done = after.timeline(after.timeline().ended(eventTime(after)));
    endedJobs.add(done.key());
    return publish(
        done, cause, new JobEvent.JobEnded(statusMapper.result(done, end, previous, requester)));
  }

  private TrackedJob publish(TrackedJob job, String cause, JobEvent event) {
    TrackedJob told = job.published(job.sequence() + 1, eventTime(job));
    JobMetadata head = job.head();
    outputs.add(
        new AdmissionOutput.PublishJobEvent(
            new PublishedJobEvent(
                job.key(),
                head.generation(),
                told.sequence(),
                told.updatedAt(),
                head.correlationId(),
                cause,
                head.traceparent(),
                event)));
    return told;
  }

  private Instant eventTime(TrackedJob job) {
    return now.isBefore(job.updatedAt()) ? job.updatedAt() : now;
  }

  private void reindex(@Nullable TrackedJob before, TrackedJob after) {
    readyQueue.update(before, after);
    slots.update(before, after);
    timers.update(before, after);
    dependencyGraph.update(before, after);
    JobKey key = after.key();
    if (after.state() instanceof Queued && !(before != null && before.state() instanceof Queued)) {
      newlyQueued.add(key);
    }
    if (!Objects.equals(DesiredDriverState.of(before), DesiredDriverState.of(after))) {
      changedDrivers.computeIfAbsent(key, this::request);
    }
    if (after.sequence() > 0) {
      changedJobs.put(key, after);
    }
    store.put(Table.JOBS, key.toString(), after);
  }

  private @Nullable DesiredDriver desiredDriver(JobKey key, Job request) {
    DesiredDriverState desiredDriverState = DesiredDriverState.of(job(key));
    return desiredDriverState == null ? null : desiredDriverState.toDesiredDriver(request);
  }

  private Job request(JobKey key) {
    Job request = store.get(Table.REQUESTS, key.toString());
    return Objects.requireNonNull(request, () -> "the request of a live job is missing: " + key);
  }

  private void reportTenantLoad(String name) {
    outputs.add(AdmissionOutput.TenantLoad.of(slots.tenant(name, name)));
  }

  private static boolean endsNow(@Nullable TrackedJob before, TrackedJob after) {
    return after.state() instanceof Ended && !(before != null && before.state() instanceof Ended);
  }
}
