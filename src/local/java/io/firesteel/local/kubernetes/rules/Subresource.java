package io.firesteel.local.kubernetes.rules;

/** Which part of an object a write is about. */
public enum Subresource {
  /** Everything but the status. */
  NONE,
  /** The status, with labels and annotations. */
  STATUS
}
