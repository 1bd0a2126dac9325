package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.time.Instant;

/** The binding of a pod to a node. Pure. */
final class PodBinding {
  private PodBinding() {}

  static ObjectNode apply(StoredObject pod, String node, Instant now) {
    String before = JsonTrees.text(pod.json(), "spec", "nodeName");
    if (node.isEmpty()) {
      throw ApiException.badRequest("target.name: the binding names no node");
    }
    if (!before.isEmpty()) {
      throw ApiException.conflict(
          pod.key(),
          "pod %s is already assigned to node \"%s\"".formatted(pod.key().name(), before));
    }
    if (pod.deleting()) {
      throw ApiException.conflict(
          pod.key(),
          "pod %s is being deleted, cannot be assigned to a host".formatted(pod.key().name()));
    }
    ObjectNode next = JsonTrees.shallow(pod.json());
    next.set("spec", JsonTrees.shallow(next.path("spec")).put("nodeName", node));
    next.set("status", PodConditions.with(next.path("status"), "PodScheduled", true, now));
    return next;
  }
}
