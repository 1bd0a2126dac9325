package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * Patches the changed fields of the status of a pod, unless another pod has its name. Leaves
 * conditions of others alone, such as that of an eviction.
 */
final class StatusPatch {

  private StatusPatch() {}

  static void send(KubernetesClient client, Pod pod, PodStatus status) {
    var meta = pod.getMetadata();
    var patch =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .endMetadata()
            .withStatus(status)
            .build();
    client
        .pods()
        .inNamespace(meta.getNamespace())
        .withName(meta.getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
  }
}
