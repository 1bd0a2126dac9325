package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The container records of a pod that a kubelet has not seen before: new ones, or those in its
 * status if an earlier kubelet ran it. Containers that ran then are lost.
 */
public final class RestoredContainers {

  private RestoredContainers() {}

  public static List<ContainerRecord> of(Pod pod, Instant now) {
    var spec = pod.getSpec();
    var status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    var inits =
        spec.getInitContainers().stream()
            .map(container -> ContainerRecord.created(pod, container, true, now))
            .map(fresh -> known(fresh, status.getInitContainerStatuses(), now));
    var mains =
        spec.getContainers().stream()
            .map(container -> ContainerRecord.created(pod, container, false, now))
            .map(fresh -> known(fresh, status.getContainerStatuses(), now));
    return Stream.concat(inits, mains).toList();
  }

  public static Instant startTime(Pod pod, Instant now) {
    var time = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
    return time == null ? now : Instant.parse(time);
  }

  public static boolean isFinished(Pod pod) {
    var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  private static ContainerRecord known(
      ContainerRecord fresh, List<ContainerStatus> statuses, Instant now) {
    return statuses.stream()
        .filter(status -> status.getName().equals(fresh.name()))
        .findFirst()
        .map(status -> known(fresh, status, now))
        .orElse(fresh);
  }

  private static ContainerRecord known(ContainerRecord fresh, ContainerStatus status, Instant now) {
    var restarts = status.getRestartCount() == null ? 0 : status.getRestartCount();
    var state = status.getState();
    var last = status.getLastState() == null ? null : terminated(status.getLastState(), now);
    ContainerState known = state == null ? fresh.state() : terminated(state, now);
    return new ContainerRecord(
        fresh.spec(), fresh.init(), known == null ? fresh.state() : known, restarts, 0, last);
  }

  private static ContainerState.@Nullable Terminated terminated(
      io.fabric8.kubernetes.api.model.ContainerState state, Instant now) {
    var over = state.getTerminated();
    if (over != null) {
      return new ContainerState.Terminated(
          over.getExitCode(),
          over.getReason(),
          over.getMessage(),
          time(over.getStartedAt(), now),
          time(over.getFinishedAt(), now));
    }
    if (state.getRunning() != null) {
      return new ContainerState.Terminated(
          137,
          "ContainerStatusUnknown",
          "The container could not be located when the pod was terminated",
          time(state.getRunning().getStartedAt(), now),
          now);
    }
    return null;
  }

  private static Instant time(@Nullable String text, Instant otherwise) {
    return text == null ? otherwise : Instant.parse(text);
  }
}
