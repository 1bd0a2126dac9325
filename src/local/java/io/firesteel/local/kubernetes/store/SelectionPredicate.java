package io.firesteel.local.kubernetes.store;

/**
 * The selection of a list or watch.
 *
 * @param namespace empty for all namespaces
 */
public record SelectionPredicate(String namespace, LabelSelector labels, FieldSelector fields) {

  public static final SelectionPredicate ALL = in("");

  public static SelectionPredicate in(String namespace) {
    return new SelectionPredicate(namespace, LabelSelector.ALL, FieldSelector.ALL);
  }

  boolean matches(StoredObject object) {
    return (namespace.isEmpty() || namespace.equals(object.key().namespace()))
        && labels.matches(object.labels())
        && fields.matches(object.json());
  }

  /** Whether there are no selectors. */
  public boolean selectsEverything() {
    return labels.requirements().isEmpty() && fields.requirements().isEmpty();
  }
}
