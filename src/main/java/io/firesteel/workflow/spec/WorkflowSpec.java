package io.firesteel.workflow.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A valid workflow: names are unique, every name that an expression or a placeholder uses exists,
 * and no task depends on itself.
 *
 * @param parameters the requester's values, for placeholders
 * @param priority of its jobs; null for that of their templates
 * @param finishBy when its jobs are stopped; null for never
 * @param finishWithin the same, counted from its acceptance
 * @param failFast whether a failure that no task provides for keeps further tasks from starting
 * @param labels of its jobs
 * @param tasks in the order of the request
 * @param onExit runs when all tasks are over
 */
public record WorkflowSpec(
    String tenant,
    String id,
    Map<String, JsonNode> parameters,
    @Nullable Integer priority,
    @Nullable Instant finishBy,
    @Nullable Duration finishWithin,
    boolean failFast,
    Map<String, String> labels,
    List<TaskSpec> tasks,
    @Nullable TaskSpec onExit) {

  /** The most tasks of a workflow. */
  public static final int MAX_TASKS = 200;

  /** The most jobs of a workflow, as far as the request tells. */
  public static final int MAX_JOBS = 2_000;

  /** The longest chain of tasks. */
  public static final int MAX_DEPTH = 50;

  /** The name of the task that {@code onExit} defines. No other task can have it. */
  public static final String ON_EXIT = "onExit";

  public WorkflowSpec {
    tasks = List.copyOf(tasks);
    parameters = Map.copyOf(parameters);
    labels = Map.copyOf(labels);
  }

  /** A task, or the one that runs on exit. */
  public Optional<TaskSpec> task(String name) {
    return Stream.concat(tasks.stream(), Stream.ofNullable(onExit))
        .filter(task -> task.name().equals(name))
        .findFirst();
  }

  /** Whether a task provides for the failure of another one. */
  @JsonIgnore
  public boolean providesForFailureOf(String name) {
    return tasks.stream().anyMatch(task -> task.depends().namesFailureOf(name));
  }

  /** The same tasks under another id. */
  public WorkflowSpec withId(String other) {
    return new WorkflowSpec(
        tenant,
        other,
        parameters,
        priority,
        finishBy,
        finishWithin,
        failFast,
        labels,
        tasks,
        onExit);
  }
}
