package io.firesteel.cluster.controller;

import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.reconcile.CallResults;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.Effect.Call;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.cluster.reconcile.OrphanedObject;
import io.firesteel.cluster.reconcile.PodChanges;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.cluster.reconcile.Reconciler;
import io.firesteel.cluster.reconcile.ReconcilerSettings;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import io.firesteel.platform.JobLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control loop of one cluster and one partition of the drivers topic. One thread takes
 * everything that concerns its jobs from one queue; calls run on other threads and return through
 * the queue. It acts on a job only once it knows which pods exist. Closing it leaves the pods as
 * they are; the next owner of the partition continues.
 */
public final class DriverController implements ClusterController {

  private static final Logger LOG = LoggerFactory.getLogger(DriverController.class);
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

  private final ClusterConnection cluster;
  private final ReconcilerSettings settings;
  private final KubernetesEffectRunner effects;
  private final Clock clock;
  private final Executor threads;
  private final List<Source> sources = new ArrayList<>();
  private final BlockingQueue<WorkItem> workQueue = new LinkedBlockingQueue<>();
  private final DriverStates states = new DriverStates();
  private final RequeueTimers timers = new RequeueTimers();
  private final Set<String> syncedNamespaces = new HashSet<>();
  private volatile @Nullable Instant idleSince;

  public DriverController(
      ClusterConnection cluster,
      ReconcilerSettings settings,
      KubernetesEffectRunner effects,
      Clock clock,
      Executor threads) {
    this.cluster = cluster;
    this.settings = settings;
    this.effects = effects;
    this.clock = clock;
    this.threads = threads;
  }

  /** Adds a source; to be called before the start. */
  public void add(Source source) {
    sources.add(source);
  }

  @Override
  public void start() {
    threads.execute(this::run);
    sources.forEach(threads::execute);
  }

  @Override
  public @Nullable Instant idleSince() {
    return workQueue.isEmpty() ? idleSince : null;
  }

  @Override
  public void close() {
    effects.close();
    sources.forEach(Source::close);
    workQueue.add(new WorkItem.Shutdown());
  }

  private void run() {
    try {
      while (true) {
        WorkItem next = workQueue.poll(untilNextTimer().toMillis() + 1, TimeUnit.MILLISECONDS);
        if (next instanceof WorkItem.Shutdown) {
          return;
        }
        if (next != null) {
          handleSafely(next.job(), () -> handle(next));
        }
        fireDueTimers();
        noteWhetherIdle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteWhetherIdle() {
    boolean idle =
        states.jobs().isEmpty()
            && syncedNamespaces.size() >= Math.max(1, cluster.namespaces().size());
    if (!idle) {
      idleSince = null;
    } else if (idleSince == null) {
      idleSince = clock.instant();
    }
  }

  private Duration untilNextTimer() {
    Duration left = timers.next().map(at -> Duration.between(clock.instant(), at)).orElse(MAX_WAIT);
    return left.isNegative() ? Duration.ZERO : left.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : left;
  }

  private void fireDueTimers() {
    for (JobKey job : timers.removeDue(clock.instant())) {
      if (states.has(job) && hasSynced(states.of(job))) {
        handleSafely(job, () -> reconcile(job));
      }
    }
  }

  private void handleSafely(@Nullable JobKey job, Runnable action) {
    try (var _ = job == null ? null : logContext(job)) {
      handleSafely(action);
    }
  }

  /** An unexpected failure of one job must not stop the others. */
  private static void handleSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("Reconciling a job failed unexpectedly; the controller continues with others", e);
    }
  }

  private JobLog logContext(JobKey job) {
    DesiredDriver desired = states.of(job).desired();
    return JobLog.about(job, desired == null ? null : desired.traceparent());
  }

  @Override
  public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
    idleSince = null;
    workQueue.add(new WorkItem.DesiredChanged(job, driver));
  }

  /** Queues what a source found. */
  void add(WorkItem item) {
    workQueue.add(item);
  }

  private void handle(WorkItem item) {
    switch (item) {
      case WorkItem.DesiredChanged(JobKey job, DesiredDriver driver) ->
          update(job, states.of(job).withDesired(driver));
      case WorkItem.PodUpdated(PodView pod) -> updatePod(pod);
      case WorkItem.PodDeleted(PodView pod) -> deletePod(pod);
      case WorkItem.PodUnlabelled(String uid) -> readSoon(uid);
      case WorkItem.CallReturned(JobKey job, Call call, CallResult result) -> {
        logRetry(call, result);
        update(job, CallResults.apply(job, states.of(job), call, result, clock.instant()));
      }
      case WorkItem.PodsListed list -> applyList(list);
      case WorkItem.OrphansFound(List<OrphanedObject> found) ->
          found.forEach(this::deleteIfOrphaned);
      case WorkItem.Shutdown() -> throw new AssertionError("handled by the loop");
    }
  }

  private void applyList(WorkItem.PodsListed list) {
    syncedNamespaces.add(list.namespace());
    for (JobKey job : states.jobs()) {
      DriverState before = states.of(job);
      DriverState after = before.afterList(list.namespace(), list.version(), list.uids());
      if (after != before || before.isIn(list.namespace())) {
        update(job, after);
      }
    }
  }

  /** Whether the pods that a job may have are known. A job without a namespace has none. */
  private boolean hasSynced(DriverState state) {
    return state.namespace().map(this::hasSynced).orElse(true);
  }

  private boolean hasSynced(String namespace) {
    return syncedNamespaces.contains(DriverState.ALL_NAMESPACES)
        || syncedNamespaces.contains(namespace);
  }

  private void deleteIfOrphaned(OrphanedObject object) {
    JobKey job = object.attempt().job();
    if (hasSynced(object.namespace()) && !states.of(job).needs(object.attempt())) {
      try (var _ = logContext(job).with("kind", object.kind()).with("name", object.name())) {
        LOG.info("Deleting an orphaned object");
      }
      effects.call(job.tenant(), new Effect.DeleteOrphan(object), _ -> {});
    }
  }

  private void updatePod(PodView pod) {
    JobKey job = pod.attempt().job();
    if (states.isKnownForAnotherAttempt(pod)) {
      readSoon(pod.uid());
    } else {
      update(job, PodChanges.updated(states.of(job), pod, settings.installation()));
    }
  }

  private void readSoon(String uid) {
    JobKey job = states.jobOf(uid);
    if (job != null) {
      update(job, states.of(job).withUnwatched(uid));
    }
  }

  /** The last view of a driver pod may be the first that shows how it ended. */
  private void deletePod(PodView pod) {
    JobKey job = pod.attempt().job();
    if (states.isKnownForAnotherAttempt(pod)) {
      readSoon(pod.uid());
      return;
    }
    if (pod.isDriver()) {
      updatePod(pod);
    }
    update(job, PodChanges.deleted(states.of(job), pod, settings.installation()));
  }

  private void update(JobKey job, DriverState state) {
    states.put(job, state);
    if (hasSynced(state)) {
      reconcile(job);
    }
  }

  private void reconcile(JobKey job) {
    Reconciler.ReconcileResult result =
        Reconciler.reconcile(settings, states.of(job), clock.instant());
    states.put(job, result.state());
    if (result.requeueAt() != null) {
      timers.schedule(job, result.requeueAt());
    }
    result.effects().forEach(effect -> execute(job, effect));
  }

  private void execute(JobKey job, Effect effect) {
    switch (effect) {
      case Report report -> effects.report(report);
      case Call call ->
          effects.call(
              job.tenant(),
              call,
              result -> workQueue.add(new WorkItem.CallReturned(job, call, result)));
    }
  }

  private static void logRetry(Call call, CallResult result) {
    if (result instanceof CallResult.RetryLater(String cause, Duration _)) {
      LOG.atWarn()
          .addKeyValue("call", call.getClass().getSimpleName())
          .addKeyValue("cause", cause)
          .log("A call to the API server failed; retrying");
    }
  }
}
