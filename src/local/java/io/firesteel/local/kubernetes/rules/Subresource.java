package io.firesteel.local.kubernetes.rules;

/** The part of an object that a write changes. */
public enum Subresource {
  /** Everything but the status. */
  NONE,
  /** The status, labels and annotations. */
  STATUS
}
