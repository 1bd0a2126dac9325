package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.function.UnaryOperator;

/** Pods that run a shell script, for tests. */
final class ShellPod {

  private ShellPod() {}

  static Pod running(String name, String script) {
    return running(name, script, UnaryOperator.identity());
  }

  static Pod running(String name, String script, UnaryOperator<PodSpecBuilder> change) {
    var spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withTerminationGracePeriodSeconds(30L)
            .withContainers(shell("main", script).build());
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .addToLabels("app", name)
        .endMetadata()
        .withSpec(change.apply(spec).build())
        .build();
  }

  static ContainerBuilder shell(String name, String script) {
    return new ContainerBuilder()
        .withName(name)
        .withImage("busybox:1.37")
        .withCommand("sh", "-c", script);
  }

  /** The state of the only container of the pod. */
  static ContainerStatus main(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  static PodCondition condition(Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
