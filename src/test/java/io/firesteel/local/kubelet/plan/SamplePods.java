package io.firesteel.local.kubelet.plan;

import io.fabric8.kubernetes.api.model.PodBuilder;

/** The pod of these tests. */
final class SamplePods {

  private SamplePods() {}

  static BoundPod facts() {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("spark-driver")
            .withUid("u-1")
            .addToLabels("team", "blue")
            .addToAnnotations("note", "b")
            .endMetadata()
            .withNewSpec()
            .withNodeName("laptop")
            .addNewContainer()
            .withName("main")
            .endContainer()
            .endSpec()
            .build();
    return new BoundPod(pod, "127.42.1.1", "127.0.0.1");
  }
}
