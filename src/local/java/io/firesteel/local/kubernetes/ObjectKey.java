package io.firesteel.local.kubernetes;

/**
 * Where one object lives: its kind, namespace (empty for cluster-wide kinds) and name. Both views
 * of events lead to the same place.
 */
record ObjectKey(ResourceKind kind, String namespace, String name) {

  ObjectKey {
    kind = kind == ResourceKinds.NEW_EVENTS ? ResourceKinds.EVENTS : kind;
  }

  /** Sorts as the real server lists: by namespace, then name. */
  String path() {
    return namespace + "/" + name;
  }
}
