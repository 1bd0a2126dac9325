package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/**
 * The input of the decisions about a pod.
 *
 * @param backOff the first delay before a restart
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
