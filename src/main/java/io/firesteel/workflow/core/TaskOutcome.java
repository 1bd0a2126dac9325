package io.firesteel.workflow.core;

/** How a task of a workflow ended. */
public enum TaskOutcome {
  SUCCEEDED,
  /** More of its jobs failed than it tolerates, or a value that it needs is missing. */
  FAILED,
  /** Its jobs were cancelled. */
  CANCELLED,
  /** It had no items. */
  SKIPPED,
  /** It never started. */
  OMITTED
}
