package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What binding a pod to a node changes in it. Pure. */
final class Binding {
  private Binding() {}

  static ObjectNode bound(StoredObject pod, String node, Instant now) {
    String before = Json.text(pod.json(), "spec", "nodeName");
    if (node.isEmpty()) {
      throw ApiFailure.badRequest("target.name: the binding names no node");
    }
    if (!before.isEmpty()) {
      throw ApiFailure.conflict(
          pod.key(),
          "pod %s is already assigned to node \"%s\"".formatted(pod.key().name(), before));
    }
    if (pod.deleting()) {
      throw ApiFailure.conflict(
          pod.key(),
          "pod %s is being deleted, cannot be assigned to a host".formatted(pod.key().name()));
    }
    ObjectNode next = Json.shallow(pod.json());
    next.set("spec", Json.shallow(next.path("spec")).put("nodeName", node));
    next.set("status", PodConditions.with(next.path("status"), "PodScheduled", true, now));
    return next;
  }
}
