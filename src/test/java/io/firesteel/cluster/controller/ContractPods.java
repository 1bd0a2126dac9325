package io.firesteel.cluster.controller;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says why a pod of the contract tests does not start. */
final class ContractPods {

  private static final Set<String> START_ERRORS =
      Set.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "RunContainerError");

  private ContractPods() {}

  /** The kubelet's reason if it cannot start a container. */
  static Optional<String> startError(@Nullable Pod pod) {
    return waiting(pod)
        .filter(waiting -> START_ERRORS.contains(waiting.getReason()))
        .map(waiting -> waiting.getReason() + ": " + waiting.getMessage())
        .findFirst();
  }

  /** The pod's phase, what its containers wait for, and the last warnings about it. */
  static String describe(KubernetesClient client, @Nullable Pod pod) {
    if (pod == null) {
      return "it does not exist";
    }
    List<String> warnings =
        client
            .v1()
            .events()
            .inNamespace(pod.getMetadata().getNamespace())
            .withField("involvedObject.uid", pod.getMetadata().getUid())
            .list()
            .getItems()
            .stream()
            .filter(event -> "Warning".equals(event.getType()))
            .map(ContractPods::text)
            .distinct()
            .toList();
    return "phase %s, waits for %s, warnings %s"
        .formatted(
            pod.getStatus().getPhase(),
            waiting(pod).map(ContainerStateWaiting::getReason).toList(),
            warnings.subList(Math.max(0, warnings.size() - 3), warnings.size()));
  }

  private static String text(Event event) {
    return event.getReason() + ": " + event.getMessage();
  }

  private static Stream<ContainerStateWaiting> waiting(@Nullable Pod pod) {
    PodStatus status = pod == null ? null : pod.getStatus();
    return status == null
        ? Stream.of()
        : Stream.concat(
                status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
            .filter(container -> container.getState() != null)
            .flatMap(container -> Stream.ofNullable(container.getState().getWaiting()));
  }
}
