package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the status of a pod from its containers. Phase and conditions follow the kubelet ({@code
 * getPhase} and its status generation).
 */
public final class PodStatusGenerator {

  /**
   * The input of a status.
   *
   * @param address the address of the pod; null before it has one
   * @param stopped whether no container may restart, because of a deletion or deadline
   * @param failure why the pod as a whole failed, if it did
   * @param previous the last reported status, for the times of conditions
   */
  public record Input(
      PodSummary pod,
      List<ContainerRecord> containers,
      @Nullable String address,
      Instant started,
      boolean stopped,
      @Nullable PodFailure failure,
      @Nullable PodStatus previous) {}

  /** A failure of the pod as a whole. */
  public record PodFailure(String reason, String message) {}

  private PodStatusGenerator() {}

  public static PodStatus generate(Input input, Instant now) {
    var phase = phase(input);
    var status =
        new PodStatusBuilder()
            .withPhase(phase)
            .withHostIP(LocalNode.ADDRESS)
            .withStartTime(ContainerStatuses.time(input.started()))
            .withQosClass("Burstable")
            .withInitContainerStatuses(ContainerStatuses.of(input, ContainerRecord::init))
            .withContainerStatuses(ContainerStatuses.of(input, facts -> !facts.init()))
            .withConditions(conditions(input, phase, now));
    if (input.address() != null) {
      status.withPodIP(input.address()).withPodIPs(new PodIP(input.address()));
    }
    if (input.failure() != null) {
      status.withReason(input.failure().reason()).withMessage(input.failure().message());
    }
    return status.build();
  }

  private static String phase(Input input) {
    var mains = input.containers().stream().filter(facts -> !facts.init()).toList();
    var running = input.containers().stream().anyMatch(ContainerRecord::running);
    if (input.failure() != null && !running) {
      return "Failed";
    }
    if (initFailed(input)) {
      return "Failed";
    }
    if (!initialized(input) || mains.stream().anyMatch(PodStatusGenerator::neverRan)) {
      return input.stopped() && !running ? "Failed" : "Pending";
    }
    var backingOff =
        mains.stream().anyMatch(facts -> !(facts.state() instanceof ContainerState.Terminated));
    if (running || (backingOff && !input.stopped())) {
      return "Running";
    }
    return switch (input.stopped() ? "Never" : input.pod().restartPolicy()) {
      case "Never" -> allSucceeded(mains) ? "Succeeded" : "Failed";
      case "OnFailure" -> allSucceeded(mains) ? "Succeeded" : "Running";
      default -> "Running";
    };
  }

  /** A container that waits for a restart has failed if no restart follows. */
  private static boolean allSucceeded(List<ContainerRecord> mains) {
    return mains.stream().allMatch(ContainerRecord::succeeded);
  }

  private static boolean neverRan(ContainerRecord facts) {
    return facts.state() instanceof ContainerState.Waiting && facts.last() == null;
  }

  private static boolean initFailed(Input input) {
    return input.pod().restartPolicy().equals("Never")
        && input.containers().stream()
            .anyMatch(facts ->
                facts.init()
                    && !facts.sidecar()
                    && facts.state() instanceof ContainerState.Terminated terminated
                    && !terminated.succeeded());
  }

  private static boolean initialized(Input input) {
    return input.containers().stream()
        .filter(ContainerRecord::init)
        .allMatch(PodStatusGenerator::initDone);
  }

  private static boolean initDone(ContainerRecord facts) {
    return facts.succeeded() || (facts.sidecar() && (facts.running() || !neverRan(facts)));
  }

  private static List<PodCondition> conditions(Input input, String phase, Instant now) {
    var finished = phase.equals("Succeeded") || phase.equals("Failed");
    var uninitialized = names(input, facts -> facts.init() && !initDone(facts));
    var unready = names(input, facts -> !facts.init() && !facts.started());
    var initialized =
        uninitialized.isEmpty()
            ? condition("Initialized", null, null)
            : condition(
                "Initialized",
                "ContainersNotInitialized",
                "containers with incomplete status: " + uninitialized);
    var why = "containers with unready status: " + unready;
    var done = phase.equals("Succeeded") ? "PodCompleted" : "PodFailed";
    return Stream.of(
            condition("PodScheduled", null, null),
            initialized,
            unready.isEmpty() && !finished
                ? condition("ContainersReady", null, null)
                : condition(
                    "ContainersReady",
                    finished ? done : "ContainersNotReady",
                    finished ? null : why),
            unready.isEmpty() && !finished
                ? condition("Ready", null, null)
                : condition("Ready", finished ? done : "ContainersNotReady", finished ? null : why))
        .map(condition -> withTime(condition, input.previous(), now))
        .toList();
  }

  private static List<String> names(Input input, Predicate<ContainerRecord> which) {
    return input.containers().stream().filter(which).map(ContainerRecord::name).toList();
  }

  /** True without a reason, false with one. */
  private static PodCondition condition(
      String type, @Nullable String reason, @Nullable String message) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(reason == null ? "True" : "False")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static PodCondition withTime(
      PodCondition condition, @Nullable PodStatus before, Instant now) {
    var since =
        before == null
            ? ContainerStatuses.time(now)
            : before.getConditions().stream()
                .filter(old -> old.getType().equals(condition.getType()))
                .filter(old -> old.getStatus().equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .findFirst()
                .orElse(ContainerStatuses.time(now));
    condition.setLastTransitionTime(since);
    return condition;
  }
}
