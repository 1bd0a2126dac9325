package io.firesteel.local.kubernetes.store;

/**
 * Where one object lives: its kind, namespace (empty for cluster-wide kinds) and name. Both views
 * of events lead to the same place.
 */
public record ObjectKey(ResourceKind kind, String namespace, String name) {

  public ObjectKey {
    kind = kind == ResourceKinds.EVENTS_V1 ? ResourceKinds.EVENTS : kind;
  }

  /** Sorts as the real server lists: by namespace, then name. */
  String path() {
    return namespace + "/" + name;
  }
}
