package io.firesteel.local.kubernetes.store;

import org.jspecify.annotations.Nullable;

/**
 * One step of one object's life, as history keeps it.
 *
 * @param before the version before, null when the object is new
 * @param after the version after; for a removal the last state, with the revision of the removal
 */
public record Change(Type type, @Nullable StoredObject before, StoredObject after) {

  /** The words a watch uses. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  public long revision() {
    return after.revision();
  }

  /** What a watcher with this selection must be told, null if nothing. */
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
