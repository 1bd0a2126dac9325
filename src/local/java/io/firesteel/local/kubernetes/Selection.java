package io.firesteel.local.kubernetes;

/**
 * Which objects a list or watch is about.
 *
 * @param namespace empty for all namespaces
 */
record Selection(String namespace, LabelSelector labels, FieldSelector fields) {

  static final Selection ALL = in("");

  static Selection in(String namespace) {
    return new Selection(namespace, LabelSelector.ALL, FieldSelector.ALL);
  }

  boolean matches(StoredObject object) {
    return (namespace.isEmpty() || namespace.equals(object.key().namespace()))
        && labels.matches(object.labels())
        && fields.matches(object.json());
  }

  /** True if nothing but the namespace narrows it. */
  boolean takesAll() {
    return labels.requirements().isEmpty() && fields.requirements().isEmpty();
  }
}
