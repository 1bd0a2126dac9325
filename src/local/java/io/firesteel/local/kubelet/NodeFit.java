package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.local.kubelet.plan.ContainerResources;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a pod fits on the node, with the scheduler's messages if it does not.
 *
 * @param labels the labels of the node
 * @param allocatableCpu the allocatable cores of the node
 * @param allocatableMemory the allocatable memory of the node in bytes
 */
record NodeFit(
    Map<String, String> labels, BigDecimal allocatableCpu, BigDecimal allocatableMemory) {

  private static final String NO_MATCH = "1 node(s) didn't match Pod's node affinity/selector";

  /** Returns why the pod does not fit beside the placed ones; empty if it does. */
  Optional<String> rejection(Pod pod, List<Pod> placed) {
    var reasons = new ArrayList<String>();
    if (!matchesNode(pod)) {
      reasons.add(NO_MATCH);
    } else {
      if (isInsufficient("cpu", allocatableCpu, pod, placed)) {
        reasons.add("1 Insufficient cpu");
      }
      if (isInsufficient("memory", allocatableMemory, pod, placed)) {
        reasons.add("1 Insufficient memory");
      }
    }
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    var preemption =
        reasons.contains(NO_MATCH)
            ? "1 Preemption is not helpful for scheduling."
            : "1 No preemption victims found for incoming pod.";
    return Optional.of(
        "0/1 nodes are available: %s. preemption: 0/1 nodes are available: %s"
            .formatted(String.join(", ", reasons), preemption));
  }

  private static boolean isInsufficient(
      String resource, BigDecimal has, Pod pod, List<Pod> placed) {
    var wanted =
        placed.stream()
            .map(other -> ContainerResources.request(other, resource))
            .reduce(ContainerResources.request(pod, resource), BigDecimal::add);
    return wanted.compareTo(has) > 0;
  }

  private boolean matchesNode(Pod pod) {
    var selector = pod.getSpec().getNodeSelector();
    var matches = selector == null || labels.entrySet().containsAll(selector.entrySet());
    var affinity = pod.getSpec().getAffinity();
    var node = affinity == null ? null : affinity.getNodeAffinity();
    var required = node == null ? null : node.getRequiredDuringSchedulingIgnoredDuringExecution();
    return matches
        && (required == null || required.getNodeSelectorTerms().stream().anyMatch(this::matches));
  }

  private boolean matches(NodeSelectorTerm term) {
    return !term.getMatchExpressions().isEmpty()
        && term.getMatchExpressions().stream().allMatch(this::matches);
  }

  private boolean matches(NodeSelectorRequirement requirement) {
    var value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
