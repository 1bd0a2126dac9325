package io.firesteel.local.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * One step of one object's life, as history keeps it.
 *
 * @param before the version before, null when the object is new
 * @param after the version after; for a removal the last state, with the revision of the removal
 */
record Change(Type type, @Nullable StoredObject before, StoredObject after) {

  /** The words a watch uses. */
  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  long revision() {
    return after.revision();
  }

  /** What a watcher with this selection must be told, null if nothing. */
  @Nullable Type seenBy(Selection selection) {
    boolean wasIn = before != null && selection.matches(before);
    boolean isIn = type != Type.DELETED && selection.matches(after);
    if (isIn) {
      return wasIn ? Type.MODIFIED : Type.ADDED;
    }
    return wasIn ? Type.DELETED : null;
  }
}
