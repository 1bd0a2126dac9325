package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.kubelet.plan.Sources;
import java.time.Clock;

/** What the workers of one kubelet share. */
record KubeletParts(
    KubeletOptions options,
    KubernetesClient client,
    Clock clock,
    PodAddresses addresses,
    MemoryWatch memory) {

  Sources sources(Pod pod) {
    return new ClusterSources(client, pod.getMetadata().getNamespace());
  }
}
