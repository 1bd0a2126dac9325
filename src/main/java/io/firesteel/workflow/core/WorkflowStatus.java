package io.firesteel.workflow.core;

import io.firesteel.workflow.spec.WorkflowSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of a workflow, on a compacted topic keyed by {@code tenant/id}; a tombstone
 * means that it was forgotten.
 *
 * @param outcome null until all tasks are over
 * @param sequence number of the last event about it
 */
public record WorkflowStatus(
    String tenant,
    String workflowId,
    long generation,
    WorkflowState.Phase phase,
    @Nullable WorkflowOutcome outcome,
    Map<String, TaskSummary> tasks,
    @Nullable String retryOf,
    Instant acceptedAt,
    @Nullable Instant endedAt,
    @Nullable String correlationId,
    long sequence,
    Instant updatedAt) {

  /** The status of a workflow. */
  public static WorkflowStatus of(WorkflowState state) {
    return new WorkflowStatus(
        state.key().tenant(),
        state.key().id(),
        state.generation(),
        state.phase(),
        state.outcome(),
        summaries(state),
        state.retryOf(),
        state.acceptedAt(),
        state.endedAt(),
        state.origin().correlationId(),
        state.sequence(),
        state.updatedAt());
  }

  static Map<String, TaskSummary> summaries(WorkflowState state) {
    Map<String, TaskSummary> tasks = new LinkedHashMap<>();
    state.tasks().forEach((name, task) -> tasks.put(name, TaskSummary.of(task)));
    if (state.exit() != null) {
      tasks.put(WorkflowSpec.ON_EXIT, TaskSummary.of(state.exit()));
    }
    return tasks;
  }
}
