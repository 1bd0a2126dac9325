package io.firesteel.cluster;

import io.firesteel.cluster.PodView.Container;
import io.firesteel.cluster.PodView.Terminated;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a driver pod's status means. Success and failure only from evidence; pure. What a failure is
 * called is told in {@link Failures}.
 */
sealed interface Verdict {

  /** How long a driver may wait for what it waits for. */
  enum Patience {
    /** As long as it takes: it comes by itself, or somebody holds the pod back on purpose. */
    ENDLESS,
    /** Until room should have been made. */
    ROOM,
    /** Until somebody should have mended an image, a Secret, a ConfigMap or the pod. */
    MENDING
  }

  /**
   * It exists and its container does not run.
   *
   * @param since when it began to wait for that, if the cluster tells
   */
  record Pending(
      String reason, @Nullable String message, Patience patience, @Nullable Instant since)
      implements Verdict {}

  /** Its container runs. */
  record Running(Instant since) implements Verdict {}

  /** Its container ended; without a failure it succeeded. */
  record Ended(Instant at, @Nullable Failure failure) implements Verdict {}

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
  static Verdict of(PodView pod, Instant now) {
    Container container = pod.container();
    Terminated end = container == null ? null : container.terminated();
    if (container != null && end != null) {
      Failure failure = end.exitCode() == 0 ? null : Failures.ofContainer(pod, container, end);
      return new Ended(end.at() == null ? now : end.at(), failure);
    }
    if (pod.phase().equals("Succeeded")) {
      return new Ended(pod.settled(), null);
    }
    if (pod.phase().equals("Failed")) {
      return new Ended(pod.settled(), Failures.ofPod(pod, null));
    }
    if (container != null && container.runningSince() != null) {
      return new Running(container.runningSince());
    }
    return pending(pod, container);
  }

  private static Verdict pending(PodView pod, @Nullable Container container) {
    if (container != null && container.waiting() != null) {
      String reason = container.waiting().reason();
      String message = container.waiting().message();
      boolean stuck =
          Failures.IMAGE_REASONS.contains(reason) || CONFIGURATION_REASONS.contains(reason);
      return new Pending(
          reason,
          container.init() == null ? message : inInit(container.init(), message),
          stuck ? Patience.MENDING : Patience.ENDLESS,
          null);
    }
    if (pod.unscheduled() != null) {
      String reason = pod.unscheduled().reason();
      boolean gated = reason.equals("SchedulingGated");
      return new Pending(
          reason,
          pod.unscheduled().message(),
          gated ? Patience.ENDLESS : Patience.ROOM,
          pod.unscheduled().since());
    }
    return pod.node() == null
        ? new Pending("Unscheduled", null, Patience.ROOM, pod.created())
        : new Pending("Scheduled", "on node " + pod.node(), Patience.ENDLESS, null);
  }

  private static String inInit(String name, @Nullable String message) {
    return "init container " + name + (message == null ? "" : ": " + message);
  }
}
