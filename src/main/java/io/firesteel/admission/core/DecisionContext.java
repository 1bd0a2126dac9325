package io.firesteel.admission.core;

import io.firesteel.admission.core.AdmissionOutput.PhaseChanged;
import io.firesteel.admission.index.DependencyGraph;
import io.firesteel.admission.index.FollowUps;
import io.firesteel.admission.index.Generations;
import io.firesteel.admission.index.ObjectVersions;
import io.firesteel.admission.index.ReadyQueue;
import io.firesteel.admission.index.RemovalQueue;
import io.firesteel.admission.index.Slots;
import io.firesteel.admission.index.Timers;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.event.EventHeader;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobResult;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.event.TenantEvent;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
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
 * The state and the outputs of one decision; one thread. {@link #transition} is the only way to
 * change a job: all indexes, the desired driver, events and status follow from the job before and
 * after.
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
  final RemovalQueue removals;
  final FollowUps followUps;
  final WriteBackStore store;

  /** Jobs that ended and for which others may wait. */
  final Deque<JobKey> endedJobs = new ArrayDeque<>();

  /** Jobs that this decision stored. */
  final Set<JobKey> changedKeys = new LinkedHashSet<>();

  /** Jobs that entered a ready queue in this decision. */
  final Set<JobKey> newlyQueued = new LinkedHashSet<>();

  private final StatusMapper statusMapper;
  private final List<AdmissionOutput> outputs = new ArrayList<>();
  private final Map<JobKey, TrackedJob> changedJobs = new LinkedHashMap<>();
  private final Map<JobKey, Job> changedDrivers = new LinkedHashMap<>();
  private @Nullable JobKey current;

  DecisionContext(WriteBackStore store, AdmissionSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    this.store = store;
    this.slots = new Slots(store);
    this.dependencyGraph = new DependencyGraph(store);
    this.readyQueue = new ReadyQueue(store);
    this.timers = new Timers(store, settings.retention());
    this.objectVersions = new ObjectVersions(store);
    this.generations = new Generations(store, slots, now);
    this.removals = new RemovalQueue(store, settings.removedTenantWait());
    this.followUps = new FollowUps(store);
    this.statusMapper = new StatusMapper(settings);
  }

  /** A job; null if it is unknown. */
  @Nullable TrackedJob job(JobKey key) {
    current = key;
    return store.get(Table.JOBS, key.toString());
  }

  /** The job that the decision works on; null if none. */
  @Nullable JobKey current() {
    return current;
  }

  /** A tenant's next job; null if none. Drops entries that an unreadable record left behind. */
  @Nullable TrackedJob nextQueued(String tenant) {
    for (JobKey key = readyQueue.first(tenant); key != null; key = readyQueue.first(tenant)) {
      TrackedJob job = job(key);
      if (job != null && job.state() instanceof Queued) {
        return job;
      }
      readyQueue.removeFirst(tenant);
      slots.uncountQueued(tenant);
    }
    slots.noneQueued(tenant);
    return null;
  }

  /** Stores the request until the job ends. */
  void storeRequest(Job request) {
    store.put(Table.REQUESTS, request.key().toString(), request);
  }

  /**
   * Deletes a job that has ended, or that was cancelled in advance. A copy in a cohort that is not
   * the tenant's home is deleted in silence.
   */
  void forget(TrackedJob job) {
    objectVersions.forget(job.head());
    if (isHome(job)) {
      generations.forget(job.head());
    }
    drop(job);
  }

  /** Deletes a job without an update of what is stored about its tenant. */
  void drop(TrackedJob job) {
    timers.update(job, null);
    store.delete(Table.REQUESTS, job.key().toString());
    store.delete(Table.JOBS, job.key().toString());
    if (isHome(job) && job.sequence() > 0) {
      outputs.add(new AdmissionOutput.UpdateStatus(job.key(), null));
    }
  }

  private boolean isHome(TrackedJob job) {
    return slots.tenant(job.key().tenant(), job.head().cohort()).home() == null;
  }

  /** Stores a job without an event and without a status. */
  void storeUnannounced(TrackedJob job) {
    reindex(null, job);
  }

  /** Adds an output that concerns no job. */
  void output(AdmissionOutput output) {
    outputs.add(output);
  }

  /**
   * Changes a job and publishes the events; its place in the queue, slot, timer and driver are
   * updated accordingly.
   */
  TrackedJob transition(@Nullable TrackedJob before, TrackedJob after, JobEvent... events) {
    return transition(before, after, after.head().causationId(), events);
  }

  /** Changes a job because of the control event with the id {@code cause}. */
  TrackedJob transition(
      @Nullable TrackedJob before, TrackedJob after, String cause, JobEvent... events) {
    current = after.key();
    boolean ends = endsNow(before, after);
    TrackedJob updated = recordPhaseChange(before, after);
    for (JobEvent event : events) {
      updated = publish(updated, cause, event);
    }
    if (ends) {
      Job request = request(updated.key());
      updated = publishResult(before, updated, cause, request.origin(), request.labels());
    }
    reindex(before, updated);
    if (ends) {
      store.delete(Table.REQUESTS, updated.key().toString());
    }
    return updated;
  }

  /** Ends a job that was never accepted. */
  void reject(TrackedJob job, Origin origin, Map<String, String> labels) {
    TrackedJob rejected = recordPhaseChange(null, job);
    reindex(null, publishResult(null, rejected, job.head().causationId(), origin, labels));
  }

  /** Ends a job whose record cannot be read; nothing of it may run. */
  void replace(TrackedJob job, Origin origin) {
    outputs.add(new AdmissionOutput.SetDesiredDriver(job.key(), null));
    store.delete(Table.REQUESTS, job.key().toString());
    reject(job, origin, Map.of());
  }

  /** Publishes an event about a tenant; {@code cause} is null if no control event led to it. */
  void publishTenantEvent(TenantState tenantState, @Nullable Origin cause, TenantEvent event) {
    outputs.add(
        new AdmissionOutput.PublishTenantEvent(
            new PublishedTenantEvent(
                tenantState.name(),
                EventHeader.causedBy(cause, slots.nextEventSequence(tenantState), now),
                event)));
  }

  /** The outputs of the decision. */
  List<AdmissionOutput> finish() {
    changedDrivers.forEach((key, request) ->
        outputs.add(new AdmissionOutput.SetDesiredDriver(key, desiredDriver(key, request))));
    for (TrackedJob job : changedJobs.values()) {
      current = job.key();
      outputs.add(new AdmissionOutput.UpdateStatus(job.key(), statusMapper.status(job)));
    }
    slots.changedTenants().forEach(this::reportTenantLoad);
    return outputs;
  }

  private TrackedJob recordPhaseChange(@Nullable TrackedJob before, TrackedJob after) {
    PhaseChanged change = PhaseChanged.of(before, after, now);
    if (change.from() == change.to()) {
      return after;
    }
    outputs.add(change);
    return after.withSince(now);
  }

  private TrackedJob publishResult(
      @Nullable TrackedJob before,
      TrackedJob after,
      String cause,
      Origin origin,
      Map<String, String> labels) {
    Ended end = (Ended) after.state();
    JobPhase previous = before == null ? JobPhase.UNKNOWN : before.state().phase();
    TrackedJob done = after.withTimeline(after.timeline().withEndedAt(eventTime(after)));
    endedJobs.add(done.key());
    JobResult result = statusMapper.result(done, end, previous, origin, labels);
    return publish(done, cause, new JobEvent.JobEnded(result));
  }

  private TrackedJob publish(TrackedJob job, String cause, JobEvent event) {
    TrackedJob published = job.published(eventTime(job));
    JobMetadata head = job.head();
    outputs.add(
        new AdmissionOutput.PublishJobEvent(
            new PublishedJobEvent(
                job.key(),
                head.generation(),
                head.eventHeader(published.sequence(), published.updatedAt(), cause),
                event)));
    return published;
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
    if (!Objects.equals(DesiredDriverFields.of(before), DesiredDriverFields.of(after))) {
      changedDrivers.computeIfAbsent(key, this::request);
    }
    if (after.sequence() > 0) {
      changedJobs.put(key, after);
    }
    changedKeys.add(key);
    store.put(Table.JOBS, key.toString(), after);
  }

  private @Nullable DesiredDriver desiredDriver(JobKey key, Job request) {
    DesiredDriverFields desiredDriverFields = DesiredDriverFields.of(job(key));
    return desiredDriverFields == null ? null : desiredDriverFields.toDesiredDriver(request);
  }

  private Job request(JobKey key) {
    Job request = store.get(Table.REQUESTS, key.toString());
    return Objects.requireNonNull(request, () -> "the request of a live job is missing: " + key);
  }

  private void reportTenantLoad(String name) {
    TenantState tenant = slots.tenant(name, name);
    outputs.add(
        tenant.home() == null
            ? AdmissionOutput.TenantLoad.of(tenant)
            : new AdmissionOutput.TenantLeft(name));
  }

  private static boolean endsNow(@Nullable TrackedJob before, TrackedJob after) {
    return after.state() instanceof Ended && !(before != null && before.state() instanceof Ended);
  }
}
