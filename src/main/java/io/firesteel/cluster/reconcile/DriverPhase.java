package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.job.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a driver pod's status means. A driver counts as succeeded or failed only if the status
 * proves it; {@link FailureClassifier} names the failure. Pure.
 */
sealed interface DriverPhase {

  /** Which timeout applies to a pending driver. */
  enum PendingTimeout {
    /** None: the wait ends by itself, or someone holds the pod back on purpose. */
    NONE,
    /** The scheduling timeout. */
    SCHEDULING,
    /** The start timeout: an image, a Secret, a ConfigMap or the pod usually needs a correction. */
    START
  }

  /**
   * The pod exists, and its container does not run yet.
   *
   * @param since when this wait began; null if the cluster does not say
   */
  record PodPending(
      String reason, @Nullable String message, PendingTimeout timeout, @Nullable Instant since)
      implements DriverPhase {

    /** The failure if the driver stays pending for too long. */
    Failure timedOut() {
      return timeout == PendingTimeout.SCHEDULING
          ? FailureClassifier.notScheduled(reason, message)
          : FailureClassifier.notStarted(reason, message);
    }
  }

  /** The container runs. */
  record PodRunning(Instant since) implements DriverPhase {}

  /**
   * The container ended.
   *
   * @param failure null if the driver succeeded
   */
  record PodEnded(Instant at, @Nullable Failure failure) implements DriverPhase {}

  /** Reads a driver pod's status. */
  static DriverPhase of(PodView pod, Instant now) {
    Container container = pod.container();
    ContainerTerminated end = container == null ? null : container.terminated();
    if (container != null && end != null) {
      Failure failure =
          end.exitCode() == 0 ? null : FailureClassifier.ofContainer(pod, container, end);
      return new PodEnded(end.at() == null ? now : end.at(), failure);
    }
    if (pod.phase().equals("Succeeded")) {
      return new PodEnded(pod.lastTransition(), null);
    }
    if (pod.phase().equals("Failed")) {
      return new PodEnded(pod.lastTransition(), FailureClassifier.ofPod(pod, null));
    }
    if (container != null && container.runningSince() != null) {
      return new PodRunning(container.runningSince());
    }
    return pending(pod, container);
  }

  private static DriverPhase pending(PodView pod, @Nullable Container container) {
    if (container != null && container.waiting() != null) {
      String reason = container.waiting().reason();
      String message = container.waiting().message();
      return new PodPending(
          reason,
          container.initContainer() == null ? message : inInit(container.initContainer(), message),
          FailureClassifier.needsFix(reason) ? PendingTimeout.START : PendingTimeout.NONE,
          null);
    }
    if (pod.unscheduled() != null) {
      String reason = pod.unscheduled().reason();
      boolean gated = reason.equals("SchedulingGated");
      return new PodPending(
          reason,
          pod.unscheduled().message(),
          gated ? PendingTimeout.NONE : PendingTimeout.SCHEDULING,
          pod.unscheduled().since());
    }
    return pod.node() == null
        ? new PodPending("Unscheduled", null, PendingTimeout.SCHEDULING, pod.created())
        : new PodPending("Scheduled", "on node " + pod.node(), PendingTimeout.NONE, null);
  }

  private static String inInit(String name, @Nullable String message) {
    return "init container " + name + (message == null ? "" : ": " + message);
  }
}
