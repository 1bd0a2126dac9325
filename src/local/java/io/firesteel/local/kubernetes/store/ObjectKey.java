package io.firesteel.local.kubernetes.store;

/** Identifies one object by its kind, namespace (empty for cluster-scoped kinds) and name. */
public record ObjectKey(ResourceKind kind, String namespace, String name) {

  /** Sorts as the real server lists: by namespace, then name. */
  String path() {
    return namespace + "/" + name;
  }
}
