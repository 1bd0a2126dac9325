package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.plan.NamespaceObjects;
import java.time.Clock;

/** The objects that the pod workers of one kubelet share. */
record KubeletContext(
    KubeletOptions options,
    KubernetesClient client,
    Clock clock,
    PodIpPool addresses,
    OomKiller memory) {

  NamespaceObjects namespaceObjects(Pod pod) {
    return new ApiNamespaceObjects(client, pod.getMetadata().getNamespace());
  }
}
