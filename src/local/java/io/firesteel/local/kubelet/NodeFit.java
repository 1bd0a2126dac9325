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
 * Whether a pod fits the one node, in the scheduler's words if it does not.
 *
 * @param labels the node's
 * @param allocatableCpu what the node has to give
 * @param allocatableMemory bytes that the node has to give
 */
record NodeFit(
    Map<String, String> labels, BigDecimal allocatableCpu, BigDecimal allocatableMemory) {

  private static final String NO_MATCH = "1 node(s) didn't match Pod's node affinity/selector";

  /** Empty if it fits, beside the pods that are on the node already. */
  Optional<String> rejection(Pod pod, List<Pod> placed) {
    var objections = new ArrayList<String>();
    if (!matchesNode(pod)) {
      objections.add(NO_MATCH);
    } else {
      if (isInsufficient("cpu", allocatableCpu, pod, placed)) {
        objections.add("1 Insufficient cpu");
      }
      if (isInsufficient("memory", allocatableMemory, pod, placed)) {
        objections.add("1 Insufficient memory");
      }
    }
    if (objections.isEmpty()) {
      return Optional.empty();
    }
    var preemption =
        objections.contains(NO_MATCH)
            ? "1 Preemption is not helpful for scheduling."
            : "1 No preemption victims found for incoming pod.";
    return Optional.of(
        "0/1 nodes are available: %s. preemption: 0/1 nodes are available: %s"
            .formatted(String.join(", ", objections), preemption));
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
