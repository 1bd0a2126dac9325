package io.firesteel.local.kubernetes;

/** Which part of an object a write is about. */
enum Part {
  /** Everything but the status. */
  MAIN,
  /** The status, with labels and annotations. */
  STATUS
}
