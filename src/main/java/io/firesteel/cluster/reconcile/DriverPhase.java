package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a driver pod's status means. Success and failure only from evidence; pure. What a failure is
 * called is told in {@link FailureClassifier}.
 */
sealed interface DriverPhase {

  /** How long a driver may wait for what it waits for. */
  enum PendingTimeout {
    /** As long as it takes: it comes by itself, or somebody holds the pod back on purpose. */
    NONE,
    /** Until room should have been made. */
    SCHEDULING,
    /** Until somebody should have mended an image, a Secret, a ConfigMap or the pod. */
    START
  }

  /**
   * It exists and its container does not run.
   *
   * @param since when it began to wait for that, if the cluster tells
   */
  record PodPending(
      String reason, @Nullable String message, PendingTimeout timeout, @Nullable Instant since)
      implements DriverPhase {}

  /** Its container runs. */
  record PodRunning(Instant since) implements DriverPhase {}

  /** Its container ended; without a failure it succeeded. */
  record PodEnded(Instant at, @Nullable Failure failure) implements DriverPhase {}

  /** Waiting reasons that end only when an image, a Secret, a ConfigMap or the pod is corrected. */
  Set<String> CONFIGURATION_REASONS =
      Set.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "PreStartHookError",
          "PostStartHookError",
          "CrashLoopBackOff");

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
      boolean stuck =
          FailureClassifier.IMAGE_REASONS.contains(reason)
              || CONFIGURATION_REASONS.contains(reason);
      return new PodPending(
          reason,
          container.initContainer() == null ? message : inInit(container.initContainer(), message),
          stuck ? PendingTimeout.START : PendingTimeout.NONE,
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
