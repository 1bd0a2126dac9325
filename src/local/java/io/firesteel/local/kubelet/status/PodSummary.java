package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/**
 * What the decisions about a pod need to know of it.
 *
 * @param backOff the first pause before a container runs again
 */
public record PodSummary(
    String namespace, String name, String uid, String restartPolicy, Duration backOff) {

  public static PodSummary of(Pod pod, Duration backOff) {
    var policy = pod.getSpec().getRestartPolicy();
    return new PodSummary(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        policy == null ? "Always" : policy,
        backOff);
  }
}
