package io.firesteel.cluster.controller;

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
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import io.firesteel.platform.JobLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control loop of one partition of the drivers topic. Everything that happens to its jobs is
 * put into one queue and decided on one thread; calls go out on others and come back through the
 * queue. It acts only after the pods that exist are known. Stopping it leaves the pods as they are;
 * the next owner of the partition goes on.
 */
public final class DriverController implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DriverController.class);
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

  /** All namespaces at once. */
  public static final String ALL_NAMESPACES = "";

  /** What can happen to a shard. */
  private sealed interface WorkItem {
    record DesiredChanged(JobKey job, @Nullable DesiredDriver driver) implements WorkItem {}

    record PodUpdated(PodView pod) implements WorkItem {}

    record PodDeleted(PodView pod, boolean deleted) implements WorkItem {}

    record Doubted(String uid) implements WorkItem {}

    record CallReturned(JobKey job, Call call, CallResult outcome) implements WorkItem {}

    record PodsListed(String namespace, long version, Set<String> uids) implements WorkItem {}

    record OrphansFound(List<OrphanedObject> found) implements WorkItem {}

    record Shutdown() implements WorkItem {}
  }

  private record RequeueTimer(Instant at, JobKey job) {}

  private final Reconciler reconciler;
  private final EffectRunner effectRunner;
  private final Clock clock;
  private final BlockingQueue<WorkItem> workQueue = new LinkedBlockingQueue<>();
  private final DriverStates states = new DriverStates();
  private final PriorityQueue<RequeueTimer> timers =
      new PriorityQueue<>(Comparator.comparing(RequeueTimer::at));
  private final Map<JobKey, Instant> nextTimer = new HashMap<>();
  private final Set<String> syncedNamespaces = new HashSet<>();

  public DriverController(Reconciler reconciler, EffectRunner effectRunner, Clock clock) {
    this.reconciler = reconciler;
    this.effectRunner = effectRunner;
    this.clock = clock;
  }

  /** Runs until it is closed. */
  void run() {
    try {
      while (true) {
        WorkItem next = workQueue.poll(untilNextTimer().toMillis() + 1, TimeUnit.MILLISECONDS);
        if (next instanceof WorkItem.Shutdown) {
          return;
        }
        if (next != null) {
          handleSafely(jobOf(next), () -> handle(next));
        }
        fireDueTimers();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handleSafely(@Nullable JobKey job, Runnable turn) {
    try (var _ = job == null ? null : logContext(job)) {
      handleSafely(turn);
    }
  }

  /** One job that cannot be handled must not stop the others of its shard. */
  private static void handleSafely(Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException e) {
      LOG.error("A shard could not handle what happened to a job and goes on", e);
    }
  }

  private JobLog logContext(JobKey job) {
    DesiredDriver desired = states.of(job).desired();
    return JobLog.about(job, desired == null ? null : desired.traceparent());
  }

  private static @Nullable JobKey jobOf(WorkItem item) {
    return switch (item) {
      case WorkItem.DesiredChanged(JobKey job, _) -> job;
      case WorkItem.PodUpdated(PodView pod) -> pod.attempt().job();
      case WorkItem.PodDeleted(PodView pod, _) -> pod.attempt().job();
      case WorkItem.CallReturned(JobKey job, _, _) -> job;
      case WorkItem.Doubted _,
          WorkItem.PodsListed _,
          WorkItem.OrphansFound _,
          WorkItem.Shutdown _ ->
          null;
    };
  }

  public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
    workQueue.add(new WorkItem.DesiredChanged(job, driver));
  }

  void podUpdated(PodView pod) {
    workQueue.add(new WorkItem.PodUpdated(pod));
  }

  void podDeleted(PodView pod, boolean deleted) {
    workQueue.add(new WorkItem.PodDeleted(pod, deleted));
  }

  /** A pod that does not say whose it is was seen; it may be a driver that is known. */
  void doubt(String uid) {
    workQueue.add(new WorkItem.Doubted(uid));
  }

  /**
   * All pods of a namespace, or {@link #ALL_NAMESPACES}, that existed at a version have been seen;
   * what is not among them and older is gone.
   */
  void podsListed(String namespace, long version, Set<String> uids) {
    workQueue.add(new WorkItem.PodsListed(namespace, version, uids));
  }

  /** Objects that no pod owns, old enough to be looked at. */
  void orphansFound(List<OrphanedObject> found) {
    workQueue.add(new WorkItem.OrphansFound(found));
  }

  @Override
  public void close() {
    workQueue.add(new WorkItem.Shutdown());
  }

  private Duration untilNextTimer() {
    RequeueTimer timer = timers.peek();
    if (timer == null) {
      return MAX_WAIT;
    }
    Duration left = Duration.between(clock.instant(), timer.at());
    return left.isNegative() ? Duration.ZERO : left.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : left;
  }

  private void handle(WorkItem item) {
    switch (item) {
      case WorkItem.DesiredChanged(JobKey job, DesiredDriver driver) ->
          update(job, states.of(job).withDesired(driver));
      case WorkItem.PodUpdated(PodView pod) -> updatePod(pod);
      case WorkItem.PodDeleted(PodView pod, boolean deleted) -> removePod(pod, deleted);
      case WorkItem.Doubted(String uid) -> doubted(uid);
      case WorkItem.CallReturned(JobKey job, Call call, CallResult result) -> {
        logRetry(call, result);
        update(job, CallResults.apply(job, states.of(job), call, result, clock.instant()));
      }
      case WorkItem.PodsListed(String namespace, long version, Set<String> uids) ->
          podsListed(version, uids, namespace);
      case WorkItem.OrphansFound(List<OrphanedObject> found) ->
          found.forEach(this::deleteIfOrphaned);
      case WorkItem.Shutdown() -> throw new AssertionError("handled by the loop");
    }
  }

  private void podsListed(long version, Set<String> uids, String namespace) {
    syncedNamespaces.add(namespace);
    for (JobKey job : states.jobs()) {
      DriverState before = states.of(job);
      DriverState after = before.afterList(namespace, version, uids);
      if (after != before || before.isIn(namespace)) {
        update(job, after);
      }
    }
  }

  /** Whether the pods that a job may have are known; one that is nowhere has none. */
  private boolean hasSynced(DriverState state) {
    String namespace = state.namespace();
    return namespace.isEmpty()
        || syncedNamespaces.contains(ALL_NAMESPACES)
        || syncedNamespaces.contains(namespace);
  }

  private void deleteIfOrphaned(OrphanedObject object) {
    JobKey job = object.attempt().job();
    boolean known =
        syncedNamespaces.contains(ALL_NAMESPACES) || syncedNamespaces.contains(object.namespace());
    if (known && Reconciler.isOrphan(states.of(job), object.attempt())) {
      try (var _ = logContext(job).with("kind", object.kind()).with("name", object.name())) {
        LOG.info("An object that belongs to no job is removed");
      }
      effectRunner.call(job.tenant(), new Effect.DeleteOrphan(object), result -> {});
    }
  }

  private void updatePod(PodView pod) {
    JobKey job = pod.attempt().job();
    if (states.hasOtherAttemptNow(pod)) {
      doubted(pod.uid());
    } else {
      update(job, PodChanges.updated(states.of(job), pod));
    }
  }

  private void doubted(String uid) {
    JobKey job = states.jobOf(uid);
    if (job != null) {
      update(job, states.of(job).doubting(uid));
    }
  }

  /** A pod that goes may show for the first time how it ended; that counts. */
  private void removePod(PodView pod, boolean deleted) {
    JobKey job = pod.attempt().job();
    if (states.hasOtherAttemptNow(pod)) {
      doubted(pod.uid());
      return;
    }
    if (pod.driver()) {
      updatePod(pod);
    }
    update(job, PodChanges.deleted(states.of(job), pod, deleted));
  }

  private void update(JobKey job, DriverState state) {
    states.put(job, state);
    if (hasSynced(state)) {
      reconcile(job);
    }
  }

  private void reconcile(JobKey job) {
    Reconciler.ReconcileResult result = reconciler.reconcile(states.of(job), clock.instant());
    states.put(job, result.state());
    if (result.requeueAt() != null) {
      requeueAt(job, result.requeueAt());
    }
    result.effects().forEach(effect -> execute(job, effect));
  }

  private void execute(JobKey job, Effect effect) {
    switch (effect) {
      case Report report -> effectRunner.report(report);
      case Call call ->
          effectRunner.call(
              job.tenant(),
              call,
              result -> workQueue.add(new WorkItem.CallReturned(job, call, result)));
    }
  }

  private void requeueAt(JobKey job, Instant at) {
    Instant known = nextTimer.get(job);
    if (known == null || at.isBefore(known)) {
      nextTimer.put(job, at);
      timers.add(new RequeueTimer(at, job));
    }
  }

  private void fireDueTimers() {
    Instant now = clock.instant();
    for (RequeueTimer timer = timers.peek();
        timer != null && !timer.at().isAfter(now);
        timer = timers.peek()) {
      timers.remove();
      JobKey job = timer.job();
      boolean due = nextTimer.remove(job, timer.at()) && states.has(job);
      if (due && hasSynced(states.of(job))) {
        handleSafely(job, () -> reconcile(job));
      }
    }
  }

  private static void logRetry(Call call, CallResult result) {
    if (result instanceof CallResult.RetryLater(String cause, Duration _)) {
      LOG.atWarn()
          .addKeyValue("call", call.getClass().getSimpleName())
          .addKeyValue("cause", cause)
          .log("The API server did not take a call, it is made again");
    }
  }
}
