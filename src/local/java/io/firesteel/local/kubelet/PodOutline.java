package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/**
 * What the decisions about a pod need to know of it.
 *
 * @param backOff the first pause before a container runs again
 */
record PodOutline(
    String namespace, String name, String uid, String restartPolicy, Duration backOff) {

  static PodOutline of(Pod pod, Duration backOff) {
    var policy = pod.getSpec().getRestartPolicy();
    return new PodOutline(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        policy == null ? "Always" : policy,
        backOff);
  }
}
