package io.firesteel.local.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.http.request.ResourcePath;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.PodConditions;
import io.firesteel.local.kubernetes.rules.Preconditions;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.store.Timestamps;

/** Binds pods to nodes and evicts them. */
final class PodSubresources {
  private final Registry registry;

  PodSubresources(Registry registry) {
    this.registry = registry;
  }

  /** Returns the Status to send. */
  ObjectNode handle(ResourcePath path, ObjectNode body, WriteOptions options) {
    switch (path.subresource()) {
      case "binding" ->
          registry.bind(named(path, body), JsonTrees.text(body, "target", "name"), options);
      case "eviction" -> evict(path.key(), body, options);
      default -> throw ApiException.methodNotAllowed();
    }
    ObjectNode status = JsonTrees.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", 201);
  }

  private static ObjectKey named(ResourcePath path, ObjectNode body) {
    String name = path.name().isEmpty() ? JsonTrees.text(body, "metadata", "name") : path.name();
    return new ObjectKey(path.kind(), path.namespace(), name);
  }

  /** As on the real server: a condition says why, then the pod is deleted. */
  private void evict(ObjectKey key, ObjectNode body, WriteOptions options) {
    DeleteOptions how = DeleteOptions.read(body.path("deleteOptions"), null, null);
    StoredObject pod = registry.existing(key);
    Preconditions.check(pod, how.uid(), how.resourceVersion());
    ObjectNode condition = JsonTrees.object();
    condition.put("type", "DisruptionTarget").put("status", "True");
    condition.put("reason", "EvictionByEvictionAPI").put("message", "Eviction API: evicting");
    condition.put("lastTransitionTime", Timestamps.seconds(registry.now()));
    registry.patch(
        key,
        Subresource.STATUS,
        current -> {
          ObjectNode next = JsonTrees.shallow(current);
          next.set("status", PodConditions.with(current.path("status"), condition));
          return next;
        },
        options);
    registry.delete(key, how.onlyUid(pod.uid()), options);
  }
}
