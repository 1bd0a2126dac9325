package io.firesteel.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NodeFitTest {

  private final NodeFit nodeFit =
      new NodeFit(Map.of("disk", "ssd"), BigDecimal.valueOf(2), BigDecimal.valueOf(2L << 30));

  @Test
  void acceptsPodsUpToItsCapacity() {
    var pod = asking("1", "1Gi");

    assertThat(nodeFit.rejection(pod, List.of(asking("1000m", "1Gi")))).isEmpty();
    assertThat(nodeFit.rejection(pod, List.of(asking("1001m", "512Mi"))))
        .contains(
            "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available:"
                + " 1 No preemption victims found for incoming pod.");
    assertThat(nodeFit.rejection(asking("3", "3Gi"), List.of()).orElseThrow())
        .startsWith("0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.");
  }

  @Test
  void countsTheLargestInitContainerAndLimitsWithoutRequests() {
    var pod =
        pod(spec ->
            spec.addNewInitContainer()
                .withName("init")
                .withNewResources()
                .withLimits(Map.of("cpu", new Quantity("3")))
                .endResources()
                .endInitContainer());

    assertThat(nodeFit.rejection(pod, List.of()).orElseThrow()).contains("Insufficient cpu");
  }

  @Test
  void checksTheNodeSelector() {
    assertThat(
            nodeFit.rejection(pod(spec -> spec.withNodeSelector(Map.of("disk", "ssd"))), List.of()))
        .isEmpty();
    assertThat(
            nodeFit.rejection(
                pod(spec -> spec.withNodeSelector(Map.of("disk", "tape"))), List.of()))
        .contains(
            "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. preemption: 0/1 nodes"
                + " are available: 1 Preemption is not helpful for scheduling.");
  }

  @Test
  void checksRequiredNodeAffinity() {
    assertThat(nodeFit.rejection(requiring("In", "ssd", "nvme"), List.of())).isEmpty();
    assertThat(nodeFit.rejection(requiring("Exists"), List.of())).isEmpty();
    assertThat(nodeFit.rejection(requiring("NotIn", "ssd"), List.of())).isPresent();
    assertThat(nodeFit.rejection(requiring("DoesNotExist"), List.of())).isPresent();
    assertThat(nodeFit.rejection(requiring("Gt", "1"), List.of())).isPresent();
  }

  private static Pod requiring(String operator, String... values) {
    return pod(spec ->
        spec.withNewAffinity()
            .withNewNodeAffinity()
            .withNewRequiredDuringSchedulingIgnoredDuringExecution()
            .addNewNodeSelectorTerm()
            .addNewMatchExpression()
            .withKey("disk")
            .withOperator(operator)
            .withValues(values)
            .endMatchExpression()
            .endNodeSelectorTerm()
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .endNodeAffinity()
            .endAffinity());
  }

  private static Pod asking(String cores, String memory) {
    var requests = Map.of("cpu", new Quantity(cores), "memory", new Quantity(memory));
    return pod(spec ->
        spec.editContainer(0)
            .withNewResources()
            .withRequests(requests)
            .endResources()
            .endContainer());
  }

  private static Pod pod(UnaryOperator<PodSpecBuilder> change) {
    return ShellPod.running("pod", "true", change);
  }
}
