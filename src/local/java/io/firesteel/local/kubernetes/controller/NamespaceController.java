package io.firesteel.local.kubernetes.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.store.StoredObject;

/** Empties a namespace that is being deleted, then removes it. */
final class NamespaceController {
  private static final WriteOptions AS_CONTROLLER =
      WriteOptions.by("system:serviceaccount:kube-system:namespace-controller");

  private final ObjectStore store;
  private final Registry registry;

  NamespaceController(ObjectStore store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  void onChange(StoredObject object) {
    if (object.key().kind().is("namespaces")) {
      finalizeIfTerminating(object.key().name());
    }
  }

  void finalizeIfTerminating(String name) {
    ObjectKey key = new ObjectKey(ResourceKinds.NAMESPACES, "", name);
    StoredObject namespace = name.isEmpty() ? null : store.get(key);
    if (namespace != null && namespace.deleting() && deleteContents(name) == 0) {
      registry.patch(key, Subresource.NONE, NamespaceController::withoutFinalizers, AS_CONTROLLER);
    }
  }

  /** Deletes everything in the namespace; returns how many objects are still there. */
  private int deleteContents(String namespace) {
    int left = 0;
    for (ResourceKind kind : ResourceKinds.all()) {
      if (kind.namespaced()) {
        for (StoredObject object : store.list(kind, SelectionPredicate.in(namespace)).items()) {
          boolean gone =
              !object.deleting()
                  && registry.delete(object.key(), DeleteOptions.DEFAULT, AS_CONTROLLER).removed();
          left += gone ? 0 : 1;
        }
      }
    }
    return left;
  }

  private static ObjectNode withoutFinalizers(ObjectNode namespace) {
    ObjectNode next = JsonTrees.shallow(namespace);
    ObjectNode spec = JsonTrees.shallow(namespace.path("spec"));
    spec.remove("finalizers");
    next.set("spec", spec);
    return next;
  }
}
