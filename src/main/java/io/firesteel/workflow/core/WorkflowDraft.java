package io.firesteel.workflow.core;

import io.firesteel.event.EventHeader;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One workflow and the outputs of a decision about it. For one decision. */
final class WorkflowDraft {

  private final WorkflowStore store;
  private final Instant now;
  private final Duration remember;
  private final List<WorkflowOutput> outputs = new ArrayList<>();
  private WorkflowState state;

  WorkflowDraft(WorkflowStore store, WorkflowState state, Instant now, Duration remember) {
    this.store = store;
    this.state = state;
    this.now = now;
    this.remember = remember;
  }

  WorkflowStore store() {
    return store;
  }

  WorkflowState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  void set(WorkflowState next) {
    state = next;
  }

  void add(WorkflowOutput output) {
    outputs.add(output);
  }

  /** Publishes an event; {@code cause} is null if the workflow's own request led to it. */
  void publish(WorkflowEvent event, @Nullable Origin cause) {
    Instant at = now.isBefore(state.updatedAt()) ? state.updatedAt() : now;
    state = state.withSequence(state.sequence() + 1).withUpdatedAt(at);
    Origin origin = state.origin();
    outputs.add(
        new WorkflowOutput.Publish(
            state.key(),
            state.generation(),
            new EventHeader(
                state.sequence(),
                at,
                origin.correlationId(),
                (cause == null ? origin : cause).id(),
                origin.traceparent(),
                null),
            event));
  }

  /** Ends the workflow with its one result. */
  void end(WorkflowSpec spec) {
    state = state.withEndedAt(now).withAlarm(now.plus(remember));
    Origin origin = state.origin();
    WorkflowState.Stop stop = state.stop();
    boolean late = stop != null && stop.reason() == TaskState.Reason.DEADLINE;
    publish(
        new WorkflowEvent.Ended(
            new WorkflowResult(
                state.key().tenant(),
                state.key().id(),
                state.generation(),
                Objects.requireNonNull(state.outcome()),
                late
                    ? Failure.of(
                        FailureReason.FINISH_BY_PASSED, "the deadline of the workflow passed")
                    : null,
                WorkflowStatus.summaries(state),
                failedJobs(spec),
                state.retryOf(),
                origin.receivedAt(),
                state.acceptedAt(),
                now,
                origin.source(),
                origin.id(),
                origin.correlationId(),
                origin.correlation())),
        null);
  }

  private List<String> failedJobs(WorkflowSpec spec) {
    Map<String, TaskState> all = new LinkedHashMap<>(state.tasks());
    if (state.exit() != null) {
      all.put(WorkflowSpec.ON_EXIT, state.exit());
    }
    List<String> failed = new ArrayList<>();
    all.forEach((name, task) -> {
      boolean single = spec.task(name).map(one -> one.forEach() == null).orElse(true);
      String marks = task.items().marks();
      for (int i = 0; i < marks.length(); i++) {
        if (marks.charAt(i) == Items.FAILED && failed.size() < WorkflowResult.MAX_FAILED_JOBS) {
          failed.add(new TaskJob(spec.id(), name, single ? null : i).key(spec.tenant()).id());
        }
      }
    });
    return failed;
  }

  List<WorkflowOutput> finish() {
    outputs.add(new WorkflowOutput.StoreState(state));
    return outputs;
  }
}
