package io.firesteel.workflow.core;

/** How a workflow ended. */
public enum WorkflowOutcome {
  SUCCEEDED,
  /** A task failed for which no other task provided, or the deadline passed. */
  FAILED,
  CANCELLED,
  /** The request was invalid; nothing ran. */
  REFUSED
}
