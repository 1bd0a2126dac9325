package io.firesteel.local.kubelet;

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
 * Computes a pod's status as a kubelet reports it, from what is known of its containers. The phase
 * is the kubelet's {@code getPhase}, the conditions those of its status generation.
 */
final class PodStatuses {

  /**
   * Everything a status says.
   *
   * @param address the pod's; null before it has one
   * @param stopped nothing of the pod will run again, whatever its restart policy: it is being
   *     deleted or was past its deadline
   * @param verdict why the pod as a whole failed, if it did
   * @param before the status last reported, for the times of its conditions
   */
  record View(
      PodOutline pod,
      List<ContainerFacts> containers,
      @Nullable String address,
      Instant started,
      boolean stopped,
      @Nullable Verdict verdict,
      @Nullable PodStatus before) {}

  /** A reason that is the pod's and not a container's. */
  record Verdict(String reason, String message) {}

  private PodStatuses() {}

  static PodStatus of(View view, Instant now) {
    var phase = phase(view);
    var status =
        new PodStatusBuilder()
            .withPhase(phase)
            .withHostIP(LocalNode.ADDRESS)
            .withStartTime(ContainerStatuses.time(view.started()))
            .withQosClass("Burstable")
            .withInitContainerStatuses(ContainerStatuses.of(view, ContainerFacts::init))
            .withContainerStatuses(ContainerStatuses.of(view, facts -> !facts.init()))
            .withConditions(conditions(view, phase, now));
    if (view.address() != null) {
      status.withPodIP(view.address()).withPodIPs(new PodIP(view.address()));
    }
    if (view.verdict() != null) {
      status.withReason(view.verdict().reason()).withMessage(view.verdict().message());
    }
    return status.build();
  }

  private static String phase(View view) {
    var mains = view.containers().stream().filter(facts -> !facts.init()).toList();
    var running = view.containers().stream().anyMatch(ContainerFacts::running);
    if (view.verdict() != null && !running) {
      return "Failed";
    }
    if (initFailed(view)) {
      return "Failed";
    }
    if (!initialized(view) || mains.stream().anyMatch(PodStatuses::neverRan)) {
      return view.stopped() && !running ? "Failed" : "Pending";
    }
    var backingOff =
        mains.stream().anyMatch(facts -> !(facts.state() instanceof ContainerState.Ended));
    if (running || (backingOff && !view.stopped())) {
      return "Running";
    }
    return switch (view.stopped() ? "Never" : view.pod().restartPolicy()) {
      case "Never" -> allSucceeded(mains) ? "Succeeded" : "Failed";
      case "OnFailure" -> allSucceeded(mains) ? "Succeeded" : "Running";
      default -> "Running";
    };
  }

  /** A container that waits for another run has failed if there will be none. */
  private static boolean allSucceeded(List<ContainerFacts> mains) {
    return mains.stream().allMatch(ContainerFacts::succeeded);
  }

  private static boolean neverRan(ContainerFacts facts) {
    return facts.state() instanceof ContainerState.Waiting && facts.last() == null;
  }

  private static boolean initFailed(View view) {
    return view.pod().restartPolicy().equals("Never")
        && view.containers().stream()
            .anyMatch(facts ->
                facts.init()
                    && !facts.sidecar()
                    && facts.state() instanceof ContainerState.Ended ended
                    && !ended.succeeded());
  }

  private static boolean initialized(View view) {
    return view.containers().stream().filter(ContainerFacts::init).allMatch(PodStatuses::initDone);
  }

  private static boolean initDone(ContainerFacts facts) {
    return facts.succeeded() || (facts.sidecar() && (facts.running() || !neverRan(facts)));
  }

  private static List<PodCondition> conditions(View view, String phase, Instant now) {
    var finished = phase.equals("Succeeded") || phase.equals("Failed");
    var uninitialized = names(view, facts -> facts.init() && !initDone(facts));
    var unready = names(view, facts -> !facts.init() && !facts.running());
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
        .map(condition -> withTime(condition, view.before(), now))
        .toList();
  }

  private static List<String> names(View view, Predicate<ContainerFacts> which) {
    return view.containers().stream().filter(which).map(ContainerFacts::name).toList();
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
