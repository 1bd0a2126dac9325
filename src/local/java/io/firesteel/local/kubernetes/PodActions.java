package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The subresources of pods that do something: binding to a node, and eviction. */
final class PodActions {
  private final Registry registry;

  PodActions(Registry registry) {
    this.registry = registry;
  }

  /** Answers the Status to send. */
  ObjectNode handle(ResourcePath path, ObjectNode body, WriteOptions options) {
    switch (path.subresource()) {
      case "binding" ->
          registry.bind(named(path, body), Json.text(body, "target", "name"), options);
      case "eviction" -> evict(path.key(), body, options);
      default -> throw ApiFailure.methodNotAllowed();
    }
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", 201);
  }

  private static ObjectKey named(ResourcePath path, ObjectNode body) {
    String name = path.name().isEmpty() ? Json.text(body, "metadata", "name") : path.name();
    return new ObjectKey(path.kind(), path.namespace(), name);
  }

  /** As the real server: the pod is told why it goes, then deleted. */
  private void evict(ObjectKey key, ObjectNode body, WriteOptions options) {
    DeleteOptions how = DeleteOptions.read(body.path("deleteOptions"), null, null);
    StoredObject pod = registry.existing(key);
    Preconditions.check(pod, how.uid(), how.resourceVersion());
    ObjectNode condition = Json.object();
    condition.put("type", "DisruptionTarget").put("status", "True");
    condition.put("reason", "EvictionByEvictionAPI").put("message", "Eviction API: evicting");
    condition.put("lastTransitionTime", Timestamps.seconds(registry.now()));
    registry.patch(
        key,
        Part.STATUS,
        current -> {
          ObjectNode next = Json.shallow(current);
          next.set("status", PodConditions.with(current.path("status"), condition));
          return next;
        },
        options);
    registry.delete(
        key, new DeleteOptions(how.graceSeconds(), how.propagation(), pod.uid(), null), options);
  }
}
