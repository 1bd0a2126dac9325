package io.firesteel.cluster.reconcile;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The desired and the observed state of one job's driver. Immutable; {@link Reconciler} decides
 * what follows from it.
 *
 * @param desired null if the job is over or unknown
 */
public record DriverState(
    @Nullable DesiredDriver desired,
    ObservedPods pods,
    ReportedStatus reported,
    CallState calls,
    Diagnosis diagnosis) {

  /** The name that stands for all namespaces at once. */
  public static final String ALL_NAMESPACES = "";

  public static final DriverState EMPTY =
      new DriverState(
          null, ObservedPods.NONE, ReportedStatus.NOTHING, CallState.NONE, Diagnosis.NONE);

  /**
   * Why the desired attempt failed.
   *
   * @param failure why it failed, if its pod does not say so
   * @param diagnostics null until they have been collected
   */
  record Diagnosis(@Nullable Failure failure, @Nullable Diagnostics diagnostics) {
    static final Diagnosis NONE = new Diagnosis(null, null);
  }

  @Nullable Failure failure() {
    return diagnosis.failure();
  }

  @Nullable Diagnostics diagnostics() {
    return diagnosis.diagnostics();
  }

  /** The driver pod of the desired attempt. */
  @Nullable PodView driverPod() {
    return pods.driverPods().values().stream()
        .filter(this::isDriverPod)
        .min(Comparator.comparingLong(PodView::resourceVersion))
        .orElse(null);
  }

  /** The driver pods that exist, by uid. */
  public Map<String, PodView> driverPods() {
    return pods.driverPods();
  }

  /** A second driver pod of the desired attempt. */
  @Nullable PodView duplicatePod() {
    return pods.driverPods().values().stream().filter(this::isDuplicate).findAny().orElse(null);
  }

  /**
   * The uid of the attempt's pod, once it is known. An attempt has one pod in its life: the one
   * that was reported to admission first.
   */
  @Nullable String podUid() {
    return desired == null || desired.podUid() == null ? reported.uid() : desired.podUid();
  }

  /** Whether a pod is the driver pod of the desired attempt, as far as is known. */
  boolean isDriverPod(PodView pod) {
    return isOfDesiredAttempt(pod) && !isElsewhere(pod) && !isDuplicate(pod);
  }

  /**
   * Whether a pod is a driver pod of the desired attempt, but not the known one. A delayed creation
   * can make it after the attempt's own pod is gone; it would run the job a second time.
   */
  boolean isDuplicate(PodView pod) {
    String known = podUid();
    return isOfDesiredAttempt(pod)
        && !isElsewhere(pod)
        && known != null
        && !known.equals(pod.uid());
  }

  /** Whether a pod claims to be of the desired attempt, but is in another namespace. */
  boolean isElsewhere(PodView pod) {
    return desired != null
        && isOfDesiredAttempt(pod)
        && !desired.placement().namespace().equals(pod.namespace());
  }

  /** Whether a pod is known as a driver pod of the job. */
  boolean knows(String uid) {
    return pods.driverPods().containsKey(uid) || uid.equals(podUid());
  }

  /** Whether a pod claims to be of the desired attempt. */
  boolean isOfDesiredAttempt(PodView pod) {
    return desired != null && desired.attempt().equals(pod.attempt());
  }

  /** Whether an object of an attempt is still needed: the driver is desired, or its pod exists. */
  public boolean needs(Attempt attempt) {
    return (desired != null && !attempt.isBefore(desired.attempt()))
        || pods.driverPods().values().stream().anyMatch(pod -> pod.attempt().equals(attempt));
  }

  /** The namespace of the job's pods; empty if none exist and none are desired. */
  public Optional<String> namespace() {
    return desired != null
        ? Optional.of(desired.placement().namespace())
        : pods.driverPods().values().stream().map(PodView::namespace).findFirst();
  }

  /** Whether nothing is left to remember. */
  public boolean canBeForgotten() {
    return desired == null && pods.driverPods().isEmpty() && !calls.inFlight();
  }

  /** Sets the desired driver; another attempt starts without the reports of the last one. */
  public DriverState withDesired(@Nullable DesiredDriver next) {
    boolean same = desired != null && next != null && desired.attempt().equals(next.attempt());
    return same
        ? new DriverState(next, pods, reported, calls, diagnosis)
        : new DriverState(
            next,
            pods.with(ExecutorPods.NONE),
            ReportedStatus.NOTHING,
            calls.podFound(),
            Diagnosis.NONE);
  }

  /** Adds or updates a driver pod; a stale view changes nothing. */
  DriverState withPod(PodView pod) {
    if (pods.isStale(pod)) {
      return this;
    }
    CallState next = isDuplicate(pod) ? calls : calls.podFound();
    return with(pods.with(pod)).with(next);
  }

  /**
   * Removes a driver pod until a live read finds it. The watch no longer reports it, because it is
   * gone or lost its labels.
   *
   * @param deleted whether the watch reported a deletion; then one live read confirms it
   */
  DriverState withoutPod(PodView pod, boolean deleted) {
    ObservedPods left = pods.without(pod.uid());
    CallState next = deleted && isDriverPod(pod) ? calls.presumedMissing() : calls;
    return with(deleted && !isDuplicate(pod) ? left.withDeleted(pod) : left).with(next);
  }

  /** Removes a driver pod that a live read did not find. */
  DriverState withoutMissingPod(@Nullable String uid) {
    return with(pods.without(uid));
  }

  /** After a driver pod lost its labels: live reads replace the watch. */
  public DriverState withUnwatched(String uid) {
    PodView pod = pods.driverPods().get(uid);
    return pod == null ? this : with(pods.with(pod.withWatched(false))).with(calls.readNow());
  }

  /**
   * Applies a complete list of the pods of a namespace, or of {@link #ALL_NAMESPACES}: pods that
   * are older than the list and missing from it no longer exist.
   */
  public DriverState afterList(String listed, long version, Set<String> uids) {
    DriverState state = isIn(listed) ? with(pods.executors().afterList(uids)) : this;
    for (PodView pod : pods.driverPods().values()) {
      boolean covered =
          pod.watched() && includes(listed, pod.namespace()) && pod.resourceVersion() <= version;
      if (covered && !uids.contains(pod.uid())) {
        state = state.withoutPod(pod, false);
      }
    }
    return state;
  }

  /** Whether a list of a namespace, or of {@link #ALL_NAMESPACES}, includes the job's pods. */
  public boolean isIn(String listed) {
    return includes(listed, namespace().orElse(null));
  }

  private static boolean includes(String listed, @Nullable String namespace) {
    return listed.equals(ALL_NAMESPACES) || listed.equals(namespace);
  }

  /**
   * Drops the spec once the driver's objects are complete or no longer needed. The spec makes up
   * most of a job's memory.
   */
  DriverState withoutUnneededSpec(Instant now) {
    if (desired == null || desired.spec().isMissingNode()) {
      return this;
    }
    PodView pod = driverPod();
    boolean started = pod != null && !(DriverPhase.of(pod, now) instanceof DriverPhase.PodPending);
    return calls.isComplete(desired.attempt()) || started || reported.isFinished()
        ? new DriverState(
            desired.withSpec(MissingNode.getInstance()).withLabels(Map.of()).withTraceparent(null),
            pods,
            reported,
            calls,
            diagnosis)
        : this;
  }

  DriverState with(ExecutorPods next) {
    return with(pods.with(next));
  }

  private DriverState with(ObservedPods next) {
    return new DriverState(desired, next, reported, calls, diagnosis);
  }

  DriverState with(ReportedStatus next) {
    return new DriverState(desired, pods, next, calls, diagnosis);
  }

  /** The same state with other calls. */
  public DriverState with(CallState next) {
    return new DriverState(desired, pods, reported, next, diagnosis);
  }

  /** Keeps the first failure. */
  DriverState failedWith(Failure failure) {
    return failure() == null ? with(new Diagnosis(failure, diagnostics())) : this;
  }

  DriverState with(Diagnostics found) {
    return with(new Diagnosis(failure(), found));
  }

  private DriverState with(Diagnosis next) {
    return new DriverState(desired, pods, reported, calls, next);
  }
}
