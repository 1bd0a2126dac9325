package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.log.FailureCause;
import io.firesteel.cluster.log.LogExcerpt;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.cluster.reconcile.PodView.DisruptionTarget;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.FailureReason;
import io.firesteel.redaction.Redaction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the failure of a driver. The reason is Kubernetes' own word where it has one
 * (kubelet/images/types.go, kubelet/container/sync_result.go, the {@code DisruptionTarget} reasons
 * of core/v1); docs/failures.md lists them for users. Pure.
 */
final class FailureClassifier {

  /** The kubelet's waiting reasons about images. */
  private static final Set<String> IMAGE_REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed");

  /** Reasons of waits that end only when a Secret, a ConfigMap or the pod is corrected. */
  private static final Set<String> CONFIGURATION_REASONS =
      Set.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "PreStartHookError",
          "PostStartHookError",
          "CrashLoopBackOff");

  /** Termination reasons of a container that never ran. */
  private static final Set<String> NEVER_STARTED =
      Set.of("StartError", "ContainerCannotRun", "CreateContainerError");

  /** Spark's exit code for an OutOfMemoryError ({@code SparkExitCode.OOM}). */
  private static final int SPARK_OOM_EXIT_CODE = 52;

  private static final String JVM_OUT_OF_MEMORY = "java.lang.OutOfMemoryError";
  private static final String CANNOT_START = "The driver cannot start";

  /** The kubelet cannot tell whether a user is root by its name. */
  private static final String NON_ROOT =
      "; set runAsUser in spec.driver.podSecurityContext and spec.executor.podSecurityContext to the"
          + " numeric id of the image's user (185 in Apache Spark's images), or give the image a"
          + " numeric USER other than 0";

  private static final int SIGKILL_EXIT_CODE = 137;

  private FailureClassifier() {}

  /** Whether a container waits on an error that usually needs a correction, not just time. */
  static boolean needsFix(String waitingReason) {
    return IMAGE_REASONS.contains(waitingReason) || CONFIGURATION_REASONS.contains(waitingReason);
  }

  /** The container ended with an exit code other than 0. */
  static Failure ofContainer(PodView pod, Container container, ContainerTerminated end) {
    if (pod.reason() != null || pod.disruption() != null) {
      return ofPod(pod, end.exitCode());
    }
    String reason = end.reason() == null ? "Error" : end.reason();
    if (reason.equals("OOMKilled")) {
      return failure(
          FailureCategory.OUT_OF_MEMORY, end.exitCode(), reason, outOfMemory(pod, container));
    }
    if (pod.deleting()) {
      return deleted(pod, end.exitCode());
    }
    if (reason.equals("ContainerStatusUnknown")) {
      return failure(
          FailureCategory.INFRASTRUCTURE,
          end.exitCode(),
          reason,
          "The kubelet lost track of the driver's container" + suffix(end.message()));
    }
    boolean neverRan = NEVER_STARTED.contains(reason);
    return failure(
        neverRan ? FailureCategory.CONFIGURATION : FailureCategory.APPLICATION,
        end.exitCode(),
        reason,
        message(container, end));
  }

  private static String outOfMemory(PodView pod, Container container) {
    return container.initContainer() == null
        ? "The driver exceeded its memory limit%s; raise spec.driver.memory or memoryOverhead"
            .formatted(pod.memory() == null ? "" : " of " + pod.memory())
        : "Init container %s exceeded its memory limit; raise its resources.limits.memory"
            .formatted(container.initContainer());
  }

  private static String message(Container container, ContainerTerminated end) {
    if (container.initContainer() != null) {
      return "Init container %s ended with exit code %d%s"
          .formatted(container.initContainer(), end.exitCode(), suffix(end.message()));
    }
    if (end.exitCode() == SIGKILL_EXIT_CODE) {
      return "The driver was killed with SIGKILL (exit code 137)" + suffix(end.message());
    }
    return "The driver ended with exit code " + end.exitCode() + suffix(end.message());
  }

  /** The cluster ended the pod, or the pod failed without the status of its container. */
  static Failure ofPod(PodView pod, @Nullable Integer exitCode) {
    DisruptionTarget disruption = pod.disruption();
    if (pod.reason() == null && disruption != null) {
      return disrupted(pod, disruption, exitCode);
    }
    String reason = orElse(pod.reason(), FailureReason.POD_FAILED.text());
    String message = orElse(pod.message(), "The driver pod failed; its status gives no reason");
    return failure(podCategory(reason), exitCode, reason, message);
  }

  private static FailureCategory podCategory(String reason) {
    if (reason.equals("DeadlineExceeded")) {
      return FailureCategory.DEADLINE;
    }
    return reason.startsWith("OutOf") ? FailureCategory.CAPACITY : FailureCategory.INFRASTRUCTURE;
  }

  /** Someone other than Firesteel deleted the pod while it was needed. */
  static Failure deleted(PodView pod, @Nullable Integer exitCode) {
    DisruptionTarget disruption = pod.disruption();
    if (disruption != null) {
      return disrupted(pod, disruption, exitCode);
    }
    return failure(
        FailureReason.DRIVER_DELETED.category(),
        exitCode,
        FailureReason.DRIVER_DELETED.text(),
        "Driver pod %s/%s was deleted while it was needed".formatted(pod.namespace(), pod.name()));
  }

  private static Failure disrupted(
      PodView pod, DisruptionTarget disruption, @Nullable Integer exitCode) {
    String what =
        switch (disruption.reason()) {
          case "PreemptionByScheduler" -> "was preempted by a pod with higher priority";
          case "DeletionByTaintManager" -> "was evicted by a node taint";
          case "EvictionByEvictionAPI" -> "was evicted";
          case "DeletionByPodGC" -> "was deleted because its node is gone";
          case "TerminationByKubelet" -> "was terminated by the kubelet";
          default -> "was disrupted by the cluster";
        };
    return failure(
        FailureCategory.INFRASTRUCTURE,
        exitCode,
        disruption.reason(),
        "Driver pod %s/%s %s%s"
            .formatted(pod.namespace(), pod.name(), what, suffix(disruption.message())));
  }

  /** The driver was not scheduled in time. */
  static Failure notScheduled(String reason, @Nullable String message) {
    return failure(FailureCategory.CAPACITY, null, reason, orElse(message, CANNOT_START));
  }

  /** The driver's container did not start in time. */
  static Failure notStarted(String reason, @Nullable String message) {
    boolean image = IMAGE_REASONS.contains(reason);
    FailureCategory category = image ? FailureCategory.IMAGE : FailureCategory.CONFIGURATION;
    String why = orElse(message, CANNOT_START);
    return failure(category, null, reason, why.contains("runAsNonRoot") ? why + NON_ROOT : why);
  }

  /**
   * Explains a failure. The message of an application failure leads with its cause: as the log
   * tells it, or else the exception that Spark noted on the pod, or else the container's
   * termination message. The failure becomes {@code OUT_OF_MEMORY} if a JVM ran out of memory. The
   * cluster's warnings follow.
   *
   * @param pod the last view of the driver pod; null if it was never seen
   */
  static Failure explain(Failure failure, @Nullable PodView pod, Diagnostics diagnostics) {
    boolean application = failure.category() == FailureCategory.APPLICATION;
    FailureCause cause = application ? cause(pod, diagnostics.log()) : null;
    boolean memory =
        application
            && !isInit(pod)
            && (Integer.valueOf(SPARK_OOM_EXIT_CODE).equals(failure.exitCode())
                || (cause != null && cause.text().contains(JVM_OUT_OF_MEMORY)));
    String message = cause == null ? failure.message() : message(cause, failure.message());
    return new Failure(
        memory ? FailureCategory.OUT_OF_MEMORY : failure.category(),
        failure.retryable(),
        failure.exitCode(),
        memory ? FailureReason.OUT_OF_MEMORY_ERROR.text() : failure.reason(),
        diagnostics.appendWarnings(memory ? message + outOfMemory(pod) : message),
        diagnostics.log() == null ? null : diagnostics.log().tail());
  }

  private static boolean isInit(@Nullable PodView pod) {
    return pod != null && pod.container() != null && pod.container().initContainer() != null;
  }

  private static @Nullable FailureCause cause(@Nullable PodView pod, @Nullable LogExcerpt log) {
    FailureCause logged = log == null ? null : log.cause();
    if (pod == null || (logged != null && logged.decisive())) {
      return logged;
    }
    if (pod.exitException() != null) {
      FailureCause noted = FailureCause.ofException(pod.exitException());
      if (noted != null) {
        return noted;
      }
    }
    ContainerTerminated end = pod.container() == null ? null : pod.container().terminated();
    FailureCause written =
        end == null || end.message() == null ? null : FailureCause.in(end.message());
    return written != null && (written.decisive() || logged == null) ? written : logged;
  }

  private static String message(FailureCause cause, String ended) {
    return cause.decisive()
        ? cause.text() + "\n" + ended
        : ended + "\nThe last error before: " + cause.text();
  }

  private static String outOfMemory(@Nullable PodView pod) {
    String limit =
        pod == null || pod.memory() == null
            ? ""
            : " (the limit of its container is " + pod.memory() + ")";
    return "\nA JVM ran out of memory; raise spec.driver.memory%s, or spec.executor.memory if a task on an executor ran out"
        .formatted(limit);
  }

  private static Failure failure(
      FailureCategory category, @Nullable Integer exitCode, String reason, String message) {
    return new Failure(
        category, category.retryable(), exitCode, reason, Redaction.redact(message), null);
  }

  private static String suffix(@Nullable String message) {
    return message == null || message.isBlank() ? "" : ": " + message.strip();
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null || text.isBlank() ? other : text;
  }
}
