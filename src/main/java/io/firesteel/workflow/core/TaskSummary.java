package io.firesteel.workflow.core;

import org.jspecify.annotations.Nullable;

/**
 * What the public records say of a task.
 *
 * @param state {@code WAITING}, {@code RUNNING} or the outcome
 * @param jobs how many it has; 0 before it starts
 */
public record TaskSummary(
    String state,
    TaskState.@Nullable Reason reason,
    int jobs,
    int running,
    int succeeded,
    int failed,
    int cancelled) {

  /** The summary of a task. */
  static TaskSummary of(TaskState task) {
    Items items = task.items();
    String state =
        switch (task) {
          case TaskState.Waiting _ -> "WAITING";
          case TaskState.Started _ -> "RUNNING";
          case TaskState.Over over -> over.outcome().name();
        };
    return new TaskSummary(
        state,
        task instanceof TaskState.Over(_, _, var reason) ? reason : null,
        items.size(),
        items.count(Items.RUNNING),
        items.count(Items.SUCCEEDED),
        items.count(Items.FAILED),
        items.count(Items.CANCELLED));
  }
}
