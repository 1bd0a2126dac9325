package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.DriverPhase.PendingTimeout;
import io.firesteel.cluster.reconcile.DriverPhase.PodPending;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.cluster.reconcile.PodView.DisruptionTarget;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.redaction.Redaction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the failure of a driver is called. Reasons are Kubernetes' own words where it has one
 * (kubelet/images/types.go, kubelet/container/sync_result.go, the {@code DisruptionTarget} reasons
 * of core/v1); docs/failures.md lists them for users. Pure.
 */
final class FailureClassifier {

  /** The kubelet's waiting reasons about images. */
  static final Set<String> IMAGE_REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed");

  /** A container ended without having run. */
  private static final Set<String> NEVER_STARTED =
      Set.of("StartError", "ContainerCannotRun", "CreateContainerError");

  /** Spark's exit code for an OutOfMemoryError ({@code SparkExitCode.OOM}). */
  private static final int SPARK_OOM_EXIT_CODE = 52;

  private static final String JVM_OUT_OF_MEMORY = "java.lang.OutOfMemoryError";
  private static final int SIGKILL_EXIT_CODE = 137;

  private FailureClassifier() {}

  /** The container ended with another exit code than 0. */
  static Failure ofContainer(PodView pod, Container container, ContainerTerminated end) {
    if (pod.reason() != null || pod.disruption() != null) {
      return ofPod(pod, end.exitCode());
    }
    String reason = end.reason() == null ? "Error" : end.reason();
    if (reason.equals("OOMKilled")) {
      return failure(
          FailureCategory.OUT_OF_MEMORY,
          end.exitCode(),
          reason,
          "The driver went over its memory limit; raise spec.driver.memory or memoryOverhead");
    }
    if (pod.deleting()) {
      return deleted(pod, end.exitCode());
    }
    if (reason.equals("ContainerStatusUnknown")) {
      return failure(
          FailureCategory.INFRASTRUCTURE,
          end.exitCode(),
          reason,
          "The node lost sight of the driver: " + orElse(end.message(), "no more is known"));
    }
    boolean neverRan = NEVER_STARTED.contains(reason);
    return failure(
        neverRan ? FailureCategory.CONFIGURATION : FailureCategory.APPLICATION,
        end.exitCode(),
        reason,
        message(pod, container, end));
  }

  private static String message(PodView pod, Container container, ContainerTerminated end) {
    if (container.initContainer() != null) {
      return "Init container %s ended with exit code %d%s"
          .formatted(container.initContainer(), end.exitCode(), suffix(end.message()));
    }
    if (pod.exitException() != null) {
      return pod.exitException();
    }
    if (end.exitCode() == SIGKILL_EXIT_CODE) {
      return "The driver was killed (exit code 137), by something outside of its container"
          + suffix(end.message());
    }
    return "The driver ended with exit code " + end.exitCode() + suffix(end.message());
  }

  /**
   * The pod as a whole was ended by the cluster, or failed without saying how its container did.
   */
  static Failure ofPod(PodView pod, @Nullable Integer exitCode) {
    DisruptionTarget disruption = pod.disruption();
    if (pod.reason() == null && disruption != null) {
      return disrupted(pod, disruption, exitCode);
    }
    String reason = orElse(pod.reason(), "PodFailed");
    String message = orElse(pod.message(), "The driver pod failed and does not say why");
    return failure(podCategory(reason), exitCode, reason, message);
  }

  private static FailureCategory podCategory(String reason) {
    if (reason.equals("DeadlineExceeded")) {
      return FailureCategory.DEADLINE;
    }
    return reason.startsWith("OutOf") ? FailureCategory.CAPACITY : FailureCategory.INFRASTRUCTURE;
  }

  /** The pod was deleted while it was needed, and not by us. */
  static Failure deleted(PodView pod, @Nullable Integer exitCode) {
    DisruptionTarget disruption = pod.disruption();
    if (disruption != null) {
      return disrupted(pod, disruption, exitCode);
    }
    return failure(
        FailureCategory.INFRASTRUCTURE,
        exitCode,
        "DriverDeleted",
        "Driver pod %s/%s was deleted while it was needed".formatted(pod.namespace(), pod.name()));
  }

  private static Failure disrupted(
      PodView pod, DisruptionTarget disruption, @Nullable Integer exitCode) {
    String what =
        switch (disruption.reason()) {
          case "PreemptionByScheduler" -> "made room for a pod of higher priority";
          case "DeletionByTaintManager" -> "had to leave its node, which is unwell";
          case "EvictionByEvictionAPI" -> "was evicted";
          case "DeletionByPodGC" -> "lost its node";
          case "TerminationByKubelet" -> "was ended by its node";
          default -> "was disrupted by the cluster";
        };
    return failure(
        FailureCategory.INFRASTRUCTURE,
        exitCode,
        disruption.reason(),
        "Driver pod %s/%s %s%s"
            .formatted(pod.namespace(), pod.name(), what, suffix(disruption.message())));
  }

  /** A driver that waited for too long. */
  static Failure ofPending(PodPending pending) {
    String message = orElse(pending.message(), "The driver cannot start");
    boolean image = IMAGE_REASONS.contains(pending.reason());
    FailureCategory category =
        pending.timeout() == PendingTimeout.SCHEDULING
            ? FailureCategory.CAPACITY
            : image ? FailureCategory.IMAGE : FailureCategory.CONFIGURATION;
    return failure(category, null, pending.reason(), message);
  }

  /**
   * The failure with what else was found out: an application that ended because its JVM ran out of
   * memory is told apart, the cluster's own warnings go behind the message.
   */
  static Failure withDiagnostics(
      Failure failure, @Nullable String exitException, Diagnostics diagnostics) {
    String tail = diagnostics.logTail();
    boolean memory =
        failure.category() == FailureCategory.APPLICATION
            && (Integer.valueOf(SPARK_OOM_EXIT_CODE).equals(failure.exitCode())
                || contains(tail, JVM_OUT_OF_MEMORY)
                || contains(exitException, JVM_OUT_OF_MEMORY));
    return new Failure(
        memory ? FailureCategory.OUT_OF_MEMORY : failure.category(),
        failure.retryable(),
        failure.exitCode(),
        memory ? "OutOfMemoryError" : failure.reason(),
        diagnostics.appendWarnings(
            memory
                ? "A JVM ran out of memory; raise spec.driver.memory, or spec.executor.memory if it was a"
                    + " task's. "
                    + failure.message()
                : failure.message()),
        tail);
  }

  private static Failure failure(
      FailureCategory category, @Nullable Integer exitCode, String reason, String message) {
    return new Failure(
        category, category.retryable(), exitCode, reason, Redaction.redact(message), null);
  }

  private static boolean contains(@Nullable String text, String part) {
    return text != null && text.contains(part);
  }

  private static String suffix(@Nullable String message) {
    return message == null || message.isBlank() ? "" : ": " + message.strip();
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null || text.isBlank() ? other : text;
  }
}
