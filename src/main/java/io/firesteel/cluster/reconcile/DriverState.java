package io.firesteel.cluster.reconcile;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.cluster.controller.DriverController;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shard knows of one job. Immutable; {@link Reconciler} says what follows from it.
 *
 * @param desired what admission wants; null when the job is over or unknown
 * @param pods the driver pods that exist, by uid
 * @param deletedUid the last driver pod that a watch told of as deleted, as it was, but for
 *     intruders; whether it is gone, a live read has to say
 * @param executors its executor pods
 * @param reported what the inbox was told last
 * @param calls calls to the API server
 * @param failure why the current attempt is over, when its pod does not say so itself
 * @param diagnostics what was found out about its failure, once it was looked for
 */
public record DriverState(
    @Nullable DesiredDriver desired,
    Map<String, PodView> pods,
    @Nullable PodView deletedUid,
    ExecutorPods executors,
    ReportedStatus reported,
    CallState calls,
    @Nullable Failure failure,
    @Nullable Diagnostics diagnostics) {

  public static final DriverState EMPTY =
      new DriverState(
          null,
          Map.of(),
          null,
          ExecutorPods.NONE,
          ReportedStatus.NOTHING,
          CallState.NONE,
          null,
          null);

  /**
   * What the inbox was told about an attempt.
   *
   * @param stage the last pending reason, {@code Started} or {@code Finished}
   * @param timeout what kind of waiting it is in
   * @param pendingSince since when it is
   */
  record ReportedStatus(
      @Nullable String uid,
      @Nullable String stage,
      DriverPhase.PendingTimeout timeout,
      @Nullable Instant pendingSince,
      int runningExecutors) {
    static final ReportedStatus NOTHING = of(null);

    /** Nothing but its creation. */
    static ReportedStatus of(@Nullable String uid) {
      return new ReportedStatus(uid, null, DriverPhase.PendingTimeout.NONE, null, 0);
    }

    ReportedStatus stage(String newStage) {
      return new ReportedStatus(uid, newStage, timeout, pendingSince, runningExecutors);
    }

    ReportedStatus pending(DriverPhase.PendingTimeout kind, Instant since) {
      return new ReportedStatus(uid, stage, kind, since, runningExecutors);
    }

    ReportedStatus executors(int running) {
      return new ReportedStatus(uid, stage, timeout, pendingSince, running);
    }

    boolean finished() {
      return Reconciler.FINISHED.equals(stage);
    }
  }

  /** The driver pod of the desired attempt. */
  @Nullable
  public PodView driverPod() {
    return pods.values().stream()
        .filter(this::isDriverPod)
        .min(Comparator.comparingLong(PodView::resourceVersion))
        .orElse(null);
  }

  /** A driver pod of the desired attempt that should not be. */
  @Nullable PodView duplicatePod() {
    return pods.values().stream().filter(this::isDuplicate).findAny().orElse(null);
  }

  /**
   * Which pod is the attempt's, once one is known. An attempt has one pod in its life: the one that
   * admission heard of first.
   */
  @Nullable String podUid() {
    return desired == null || desired.podUid() == null ? reported.uid() : desired.podUid();
  }

  /** Whether it is the pod of the desired attempt, as far as is known. */
  boolean isDriverPod(PodView pod) {
    return isOfDesiredAttempt(pod) && !isElsewhere(pod) && !isDuplicate(pod);
  }

  /**
   * Whether it is another driver pod of the desired attempt than the one that is known. A creation
   * that was held back can make it after the attempt's own pod is gone; it would run the job a
   * second time.
   */
  boolean isDuplicate(PodView pod) {
    String known = podUid();
    return isOfDesiredAttempt(pod)
        && !isElsewhere(pod)
        && known != null
        && !known.equals(pod.uid());
  }

  /** Whether it says that it is of the desired attempt, and is not in its namespace. */
  boolean isElsewhere(PodView pod) {
    return isOfDesiredAttempt(pod) && !namespace().equals(pod.namespace());
  }

  private boolean isOfDesiredAttempt(PodView pod) {
    return desired != null && desired.attempt().equals(pod.attempt());
  }

  /** Where its pods are; empty when there are none and none are wanted. */
  public String namespace() {
    if (desired != null) {
      return desired.placement().namespace();
    }
    return pods.values().stream().map(PodView::namespace).findFirst().orElse("");
  }

  /** Whether there is nothing to remember. */
  public boolean canBeForgotten() {
    return desired == null && pods.isEmpty() && !calls.inFlight();
  }

  public DriverState withDesired(@Nullable DesiredDriver driver) {
    boolean same = desired != null && driver != null && desired.attempt().equals(driver.attempt());
    return same
        ? new DriverState(
            driver, pods, deletedUid, executors, reported, calls, failure, diagnostics)
        : new DriverState(
            driver,
            pods,
            deletedUid,
            ExecutorPods.NONE,
            ReportedStatus.NOTHING,
            calls.podFound(),
            null,
            null);
  }

  /**
   * After a driver pod was seen; an older view than the one at hand, or than that of its deletion,
   * changes nothing.
   */
  DriverState withPod(PodView pod) {
    PodView known = pods.get(pod.uid());
    boolean stale = known != null && !pod.isNewerThan(known);
    boolean late =
        deletedUid != null
            && deletedUid.uid().equals(pod.uid())
            && deletedUid.resourceVersion() > pod.resourceVersion();
    if (stale || late) {
      return this;
    }
    Map<String, PodView> now = new HashMap<>(pods);
    now.put(pod.uid(), pod);
    CallState found = isDuplicate(pod) ? calls : calls.podFound();
    boolean back = deletedUid != null && deletedUid.uid().equals(pod.uid());
    PodView away = back ? null : deletedUid;
    return new DriverState(
        desired, Map.copyOf(now), away, executors, reported, found, failure, diagnostics);
  }

  /**
   * After a driver pod left what is watched. That tells that it may be gone: a pod leaves as well
   * when its labels change.
   *
   * @param deleted whether a watch told of a deletion; otherwise it is looked for once more
   */
  DriverState withoutPod(PodView pod, boolean deleted) {
    Map<String, PodView> now = new HashMap<>(pods);
    now.remove(pod.uid());
    CallState known = deleted && isDriverPod(pod) ? calls.presumedMissing() : calls;
    PodView seenToGo = deleted && !isDuplicate(pod) ? pod : deletedUid;
    return new DriverState(
        desired, Map.copyOf(now), seenToGo, executors, reported, known, failure, diagnostics);
  }

  /** After a live read found no driver pod of that uid. */
  DriverState without(@Nullable String uid) {
    Map<String, PodView> now = new HashMap<>(pods);
    now.remove(uid);
    return new DriverState(
        desired, Map.copyOf(now), deletedUid, executors, reported, calls, failure, diagnostics);
  }

  /** After a pod of it was seen that does not say any more that it is of this job. */
  public DriverState doubting(String uid) {
    PodView pod = pods.get(uid);
    if (pod == null) {
      return this;
    }
    Map<String, PodView> now = new HashMap<>(pods);
    now.put(uid, pod.unwatched());
    return new DriverState(
        desired,
        Map.copyOf(now),
        deletedUid,
        executors,
        reported,
        calls.readingNow(),
        failure,
        diagnostics);
  }

  /**
   * After a complete list of the pods of a namespace, or of all: those it should hold and does not
   * are not there.
   */
  public DriverState afterList(String listed, long version, Set<String> uids) {
    boolean here = isIn(listed);
    DriverState state = here ? with(executors.afterList(uids)) : this;
    for (PodView pod : pods.values()) {
      boolean due =
          pod.watched() && isIn(listed, pod.namespace()) && pod.resourceVersion() <= version;
      if (due && !uids.contains(pod.uid())) {
        state = state.withoutPod(pod, false);
      }
    }
    return state;
  }

  /** Whether its pods are among those of a namespace, or of all. */
  public boolean isIn(String listed) {
    return isIn(listed, namespace());
  }

  private static boolean isIn(String listed, String namespace) {
    return listed.equals(DriverController.ALL_NAMESPACES) || listed.equals(namespace);
  }

  /**
   * Without the spec, which is most of what a job weighs and is only needed until the driver's
   * objects are complete.
   */
  DriverState withoutSpec() {
    DesiredDriver driver = desired;
    if (driver == null || driver.spec().isMissingNode()) {
      return this;
    }
    DesiredDriver light =
        new DesiredDriver(
            driver.attempt(),
            driver.cohort(),
            driver.placement(),
            driver.podUid(),
            driver.stop(),
            Map.of(),
            null,
            MissingNode.getInstance());
    return new DriverState(
        light, pods, deletedUid, executors, reported, calls, failure, diagnostics);
  }

  DriverState with(ExecutorPods now) {
    return new DriverState(desired, pods, deletedUid, now, reported, calls, failure, diagnostics);
  }

  DriverState with(ReportedStatus now) {
    return new DriverState(desired, pods, deletedUid, executors, now, calls, failure, diagnostics);
  }

  public DriverState with(CallState now) {
    return new DriverState(
        desired, pods, deletedUid, executors, reported, now, failure, diagnostics);
  }

  /** The first reason stays. */
  DriverState failedWith(Failure why) {
    Failure first = failure == null ? why : failure;
    return new DriverState(
        desired, pods, deletedUid, executors, reported, calls, first, diagnostics);
  }

  DriverState with(Diagnostics found) {
    return new DriverState(desired, pods, deletedUid, executors, reported, calls, failure, found);
  }
}
