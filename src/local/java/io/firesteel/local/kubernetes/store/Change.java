package io.firesteel.local.kubernetes.store;

import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param before the previous version, null for a new object
 * @param after the new version; for a removal the last state, with the revision of the removal
 */
public record Change(Type type, @Nullable StoredObject before, StoredObject after) {

  /** The event types of a watch. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  public long revision() {
    return after.revision();
  }

  /** The event type for a watch with this selection, null for no event. */
  @Nullable
  public Type typeFor(SelectionPredicate selectionPredicate) {
    boolean wasIn = before != null && selectionPredicate.matches(before);
    boolean isIn = type != Type.DELETED && selectionPredicate.matches(after);
    if (isIn) {
      return wasIn ? Type.MODIFIED : Type.ADDED;
    }
    return wasIn ? Type.DELETED : null;
  }
}
