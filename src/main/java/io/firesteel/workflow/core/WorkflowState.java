package io.firesteel.workflow.core;

import io.firesteel.job.Origin;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a workflow, besides its spec and the outputs of its tasks.
 *
 * @param generation distinguishes it from an earlier workflow of the same id; only increases
 * @param origin the request
 * @param tasks by name, in the order of the request
 * @param exit the task that runs on exit; null before it starts
 * @param failing whether a failure keeps further tasks from starting
 * @param stop why its jobs are being stopped; null if they are not
 * @param outcome null until all tasks are over
 * @param endedAt null until the task that runs on exit is over, too
 * @param retryOf the workflow that it retries; null if it is none
 * @param alarm when it must be looked at again; null for never
 * @param sequence number of the last event about it
 */
@RecordBuilder
public record WorkflowState(
    WorkflowKey key,
    long generation,
    Origin origin,
    Instant acceptedAt,
    Map<String, TaskState> tasks,
    @Nullable TaskState exit,
    boolean failing,
    @Nullable Stop stop,
    @Nullable WorkflowOutcome outcome,
    @Nullable Instant endedAt,
    @Nullable String retryOf,
    @Nullable Instant alarm,
    long sequence,
    Instant updatedAt)
    implements WorkflowStateBuilder.With {

  public WorkflowState {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  /**
   * Why the jobs of a workflow are being stopped.
   *
   * @param text the sender's words; null for none
   */
  public record Stop(TaskState.Reason reason, @Nullable String text, Instant at) {}

  boolean ended() {
    return endedAt != null;
  }

  /** What the public records say of where it is. */
  Phase phase() {
    if (ended()) {
      return Phase.ENDED;
    }
    if (outcome != null) {
      return Phase.EXITING;
    }
    return stop == null ? Phase.RUNNING : Phase.STOPPING;
  }

  /** Where a workflow is. */
  public enum Phase {
    RUNNING,
    /** Its jobs are being stopped. */
    STOPPING,
    /** The task that runs on exit runs. */
    EXITING,
    ENDED
  }
}
