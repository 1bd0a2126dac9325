package io.firesteel.workflow.core;

import org.jspecify.annotations.Nullable;

/** An event about a workflow. */
public sealed interface WorkflowEvent {

  /**
   * The request was accepted; the workflow will end with one result.
   *
   * @param retryOf the workflow that it retries; null if it is none
   */
  record Accepted(int tasks, @Nullable String retryOf) implements WorkflowEvent {}

  /** A task started or ended. */
  record TaskChanged(String task, TaskSummary now) implements WorkflowEvent {}

  /** The workflow was requested again; nothing changed. */
  record Duplicate(String source, String requestId, WorkflowState.Phase phase)
      implements WorkflowEvent {}

  /** The jobs of the workflow are being stopped. */
  record Stopping(TaskState.Reason reason, @Nullable String text) implements WorkflowEvent {}

  /**
   * A control event changed nothing.
   *
   * @param control {@code CANCEL} or {@code RETRY}
   * @param reason why, and how to mend it
   */
  record Unchanged(String control, String source, String requestId, String reason)
      implements WorkflowEvent {}

  /** The workflow ended. */
  record Ended(WorkflowResult result) implements WorkflowEvent {}

  /** CloudEvents' type. */
  default String type() {
    return "io.firesteel.workflow."
        + switch (this) {
          case Accepted _ -> "accepted";
          case TaskChanged _ -> "task-changed";
          case Duplicate _ -> "duplicate";
          case Stopping _ -> "stopping";
          case Unchanged _ -> "unchanged";
          case Ended(var result) ->
              switch (result.outcome()) {
                case SUCCEEDED -> "succeeded";
                case FAILED -> "failed";
                case CANCELLED -> "cancelled";
                case REFUSED -> "refused";
              };
        }
        + ".v1";
  }
}
