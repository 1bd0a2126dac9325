package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Empties a namespace that is being deleted, and lets it go when nothing is left in it. */
final class NamespaceSweep {
  private static final WriteOptions AS_SWEEP =
      WriteOptions.by("system:serviceaccount:kube-system:namespace-controller");

  private final ObjectStore store;
  private final Registry registry;

  NamespaceSweep(ObjectStore store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  void noticed(StoredObject object) {
    if (object.key().kind().is("namespaces")) {
      sweepIfTerminating(object.key().name());
    }
  }

  void sweepIfTerminating(String name) {
    ObjectKey key = new ObjectKey(ResourceKinds.NAMESPACES, "", name);
    StoredObject namespace = name.isEmpty() ? null : store.get(key);
    if (namespace != null && namespace.deleting() && left(name) == 0) {
      registry.patch(key, Part.MAIN, NamespaceSweep::withoutFinalizers, AS_SWEEP);
    }
  }

  /** Asks everything to go; answers how much is still there. */
  private int left(String namespace) {
    int left = 0;
    for (ResourceKind kind : ResourceKinds.all()) {
      if (kind.namespaced() && kind != ResourceKinds.NEW_EVENTS) {
        for (StoredObject object : store.list(kind, Selection.in(namespace)).items()) {
          boolean gone =
              !object.deleting()
                  && registry.delete(object.key(), DeleteOptions.DEFAULT, AS_SWEEP).gone();
          left += gone ? 0 : 1;
        }
      }
    }
    return left;
  }

  private static ObjectNode withoutFinalizers(ObjectNode namespace) {
    ObjectNode next = Json.shallow(namespace);
    ObjectNode spec = Json.shallow(namespace.path("spec"));
    spec.remove("finalizers");
    next.set("spec", spec);
    return next;
  }
}
