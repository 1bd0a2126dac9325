package io.firesteel.local.acceptance;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Looks into a Spark image by a short pod. */
record SparkImageProbe(KubernetesClient client, String namespace) {

  private static final String NAME = "acceptance-probe";
  private static final int MINUTES = 10;
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /**
   * Runs the pod, which may have to pull the image first.
   *
   * @throws IllegalArgumentException if the image cannot run or is not a Spark image
   */
  SparkImage probe(String image) {
    var pods = client.pods().inNamespace(namespace).withName(NAME);
    pods.delete();
    pods.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    client.resource(pod(image)).create();
    Pod ended;
    try {
      ended =
          pods.waitUntilCondition(
              pod -> pod != null && (isEnded(pod) || isBroken(pod)), MINUTES, TimeUnit.MINUTES);
    } catch (KubernetesClientTimeoutException e) {
      throw new IllegalArgumentException(
          "a pod of %s has not ended after %d min".formatted(image, MINUTES), e);
    }
    if (!isEnded(ended)) {
      throw new IllegalArgumentException(
          "a pod of %s does not start: %s".formatted(image, states(ended)));
    }
    SparkImage found = SparkImage.of(image, pods.getLog().lines().toList());
    pods.delete();
    return found;
  }

  private Pod pod(String image) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(NAME)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("probe")
        .withImage(image)
        .withCommand("sh", "-c", SparkImage.PROBE)
        .endContainer()
        .endSpec()
        .build();
  }

  private static boolean isEnded(Pod pod) {
    return pod.getStatus() != null && ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
  }

  private static boolean isBroken(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getContainerStatuses().stream()
            .map(status -> status.getState().getWaiting())
            .filter(Objects::nonNull)
            .anyMatch(waiting ->
                Set.of(
                        "ImagePullBackOff",
                        "ErrImageNeverPull",
                        "InvalidImageName",
                        "CreateContainerError")
                    .contains(String.valueOf(waiting.getReason())));
  }

  private static String states(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .map(state -> state.getWaiting().getReason() + ", " + state.getWaiting().getMessage())
        .findFirst()
        .orElse("");
  }
}
