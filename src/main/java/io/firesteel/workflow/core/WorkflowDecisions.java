package io.firesteel.workflow.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.event.EventHeader;
import io.firesteel.job.Failure;
import io.firesteel.job.Origin;
import io.firesteel.workflow.core.TaskState.Over;
import io.firesteel.workflow.core.TaskState.Reason;
import io.firesteel.workflow.core.TaskState.Waiting;
import io.firesteel.workflow.spec.TaskSpec;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a message or the time does to a workflow. Pure: the same store, input and time give
 * the same outputs. A message that arrives again changes nothing.
 *
 * @param remember how long an ended workflow is kept, for retries and against repetition
 */
public record WorkflowDecisions(Duration remember) {

  /** The outputs of a message; empty if it has no effect. */
  public List<WorkflowOutput> decide(WorkflowStore store, WorkflowMessage message, Instant now) {
    WorkflowState state = store.state(message.key());
    return switch (message) {
      case WorkflowMessage.Requested(var spec, var origin) ->
          state == null
              ? start(store, spec, origin, null, initial(spec, Map.of(), Set.of()), now)
              : answer(store, state, origin, duplicate(state, origin), now);
      case WorkflowMessage.Refused(var key, var origin, var failure) ->
          state == null
              ? refuse(key, origin, failure, now)
              : answer(store, state, origin, duplicate(state, origin), now);
      case WorkflowMessage.CancelRequested(var key, var origin, var reason) ->
          state == null
              ? unknown(key, origin, "CANCEL", now)
              : cancel(store, state, origin, reason, now);
      case WorkflowMessage.RetryRequested(var key, var retryId, var origin) ->
          state == null
              ? unknown(key, origin, "RETRY", now)
              : retry(store, state, retryId, origin, now);
      case WorkflowMessage.JobEnded ended ->
          state == null ? List.of() : jobEnded(store, state, ended, now);
    };
  }

  /** Stops a workflow whose deadline passed, or forgets one that ended long ago. */
  public List<WorkflowOutput> tick(WorkflowStore store, WorkflowKey key, Instant now) {
    WorkflowState state = store.state(key);
    if (state == null || state.alarm() == null || state.alarm().isAfter(now)) {
      return List.of();
    }
    if (state.ended()) {
      Set<String> tasks = new HashSet<>(state.tasks().keySet());
      return List.of(new WorkflowOutput.Forget(state, tasks));
    }
    WorkflowDraft draft = draft(store, state.withAlarm(null), now);
    if (state.stop() != null) {
      return draft.finish();
    }
    return stop(draft, new WorkflowState.Stop(Reason.DEADLINE, null, now), null);
  }

  private List<WorkflowOutput> start(
      WorkflowStore store,
      WorkflowSpec spec,
      Origin origin,
      @Nullable String retryOf,
      Map<String, TaskState> tasks,
      Instant now) {
    WorkflowKey key = new WorkflowKey(spec.tenant(), spec.id());
    WorkflowState state =
        WorkflowStateBuilder.builder()
            .key(key)
            .generation(now.toEpochMilli())
            .origin(origin)
            .acceptedAt(now)
            .tasks(tasks)
            .retryOf(retryOf)
            .alarm(deadline(spec, now))
            .updatedAt(now)
            .build();
    WorkflowDraft draft = draft(store, state, now);
    draft.add(new WorkflowOutput.StoreSpec(key, spec));
    draft.publish(new WorkflowEvent.Accepted(tasks.size(), retryOf), null);
    new Progress(draft, spec).advance();
    return draft.finish();
  }

  private static @Nullable Instant deadline(WorkflowSpec spec, Instant now) {
    Instant within = spec.finishWithin() == null ? null : now.plus(spec.finishWithin());
    Instant by = spec.finishBy();
    if (by == null || within == null) {
      return by == null ? within : by;
    }
    return by.isBefore(within) ? by : within;
  }

  private List<WorkflowOutput> jobEnded(
      WorkflowStore store, WorkflowState state, WorkflowMessage.JobEnded ended, Instant now) {
    WorkflowDraft draft = draft(store, state, now);
    Progress progress = new Progress(draft, spec(store, state));
    int index = ended.index() == null ? 0 : ended.index();
    if (!progress.jobEnded(ended.task(), index, ended.outcome(), ended.outputs())) {
      return List.of();
    }
    progress.advance();
    return draft.finish();
  }

  private List<WorkflowOutput> cancel(
      WorkflowStore store,
      WorkflowState state,
      Origin origin,
      @Nullable String reason,
      Instant now) {
    if (state.ended() || (state.stop() != null && state.outcome() == null)) {
      String why =
          state.ended() ? "the workflow has ended" : "the workflow is already being stopped";
      return answer(store, state, origin, unchanged("CANCEL", origin, why), now);
    }
    WorkflowDraft draft = draft(store, state, now);
    return stop(draft, new WorkflowState.Stop(Reason.CANCELLED, reason, now), origin);
  }

  private List<WorkflowOutput> stop(
      WorkflowDraft draft, WorkflowState.Stop stop, @Nullable Origin cause) {
    WorkflowSpec spec = spec(draft.store(), draft.state());
    if (draft.state().outcome() == null) {
      draft.set(draft.state().withStop(stop));
    }
    draft.publish(new WorkflowEvent.Stopping(stop.reason(), stop.text()), cause);
    Progress progress = new Progress(draft, spec);
    progress.stopJobs();
    progress.advance();
    return draft.finish();
  }

  private List<WorkflowOutput> retry(
      WorkflowStore store, WorkflowState old, String retryId, Origin origin, Instant now) {
    WorkflowState taken = store.state(new WorkflowKey(old.key().tenant(), retryId));
    if (taken != null && taken.origin().id().equals(origin.id())) {
      return answer(store, taken, origin, duplicate(taken, origin), now);
    }
    String why = null;
    if (taken != null) {
      why = "a workflow with the id " + retryId + " exists; choose another retryId";
    } else if (!old.ended()) {
      why = "the workflow has not ended; cancel it first";
    } else if (old.outcome() == WorkflowOutcome.SUCCEEDED) {
      why = "the workflow succeeded; request it under another id to run all of it again";
    }
    if (why != null) {
      return answer(store, old, origin, unchanged("RETRY", origin, why), now);
    }
    WorkflowSpec spec = spec(store, old).withId(retryId);
    Map<String, TaskState> tasks = initial(spec, old.tasks(), kept(spec, old));
    List<WorkflowOutput> outputs =
        start(new RetriedStore(store, old.key()), spec, origin, old.key().id(), tasks, now);
    List<WorkflowOutput> all = new ArrayList<>();
    WorkflowKey key = new WorkflowKey(spec.tenant(), retryId);
    for (String task : kept(spec, old)) {
      var values = store.outputs(old.key(), task);
      if (!values.isEmpty()) {
        all.add(new WorkflowOutput.StoreOutputs(key, task, values));
      }
    }
    all.addAll(outputs);
    return all;
  }

  /** The tasks that succeeded, and all on which they depend did. */
  private static Set<String> kept(WorkflowSpec spec, WorkflowState old) {
    Set<String> kept = new HashSet<>();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (TaskSpec task : spec.tasks()) {
        boolean done =
            old.tasks().get(task.name()) instanceof Over over
                && (over.outcome() == TaskOutcome.SUCCEEDED
                    || over.outcome() == TaskOutcome.SKIPPED);
        changed |= done && kept.containsAll(task.depends().tasks()) && kept.add(task.name());
      }
    }
    return kept;
  }

  /** The tasks of a new workflow, of which some are over because it retries another one. */
  private static Map<String, TaskState> initial(
      WorkflowSpec spec, Map<String, TaskState> old, Set<String> kept) {
    Map<String, TaskState> tasks = new LinkedHashMap<>();
    for (TaskSpec task : spec.tasks()) {
      TaskState before = old.get(task.name());
      if (before != null && kept.contains(task.name())) {
        tasks.put(task.name(), before);
      } else {
        boolean partly = task.forEach() != null && kept.containsAll(task.depends().tasks());
        Items done = before == null || !partly ? Items.open(0) : before.items();
        tasks.put(task.name(), new Waiting(done.size() == 0 ? null : done.reopened()));
      }
    }
    return tasks;
  }

  private List<WorkflowOutput> refuse(
      WorkflowKey key, Origin origin, Failure failure, Instant now) {
    WorkflowResult result =
        new WorkflowResult(
            key.tenant(),
            key.id(),
            now.toEpochMilli(),
            WorkflowOutcome.REFUSED,
            failure,
            Map.of(),
            List.of(),
            null,
            origin.receivedAt(),
            null,
            now,
            origin.source(),
            origin.id(),
            origin.correlationId(),
            origin.correlation());
    return List.of(publish(key, origin, new WorkflowEvent.Ended(result), now));
  }

  private static List<WorkflowOutput> unknown(
      WorkflowKey key, Origin origin, String control, Instant now) {
    String why = "the workflow is unknown; it was never accepted, or ended too long ago";
    return List.of(publish(key, origin, unchanged(control, origin, why), now));
  }

  /** An event about a workflow that is not stored. */
  private static WorkflowOutput publish(
      WorkflowKey key, Origin origin, WorkflowEvent event, Instant now) {
    return new WorkflowOutput.Publish(
        key, now.toEpochMilli(), EventHeader.causedBy(origin, 1, now), event);
  }

  private List<WorkflowOutput> answer(
      WorkflowStore store, WorkflowState state, Origin origin, WorkflowEvent event, Instant now) {
    WorkflowDraft draft = draft(store, state, now);
    draft.publish(event, origin);
    return draft.finish();
  }

  private static WorkflowEvent duplicate(WorkflowState state, Origin origin) {
    return new WorkflowEvent.Duplicate(origin.source(), origin.id(), state.phase());
  }

  private static WorkflowEvent unchanged(String control, Origin origin, String why) {
    return new WorkflowEvent.Unchanged(control, origin.source(), origin.id(), why);
  }

  private WorkflowDraft draft(WorkflowStore store, WorkflowState state, Instant now) {
    return new WorkflowDraft(store, state, now, remember);
  }

  private static WorkflowSpec spec(WorkflowStore store, WorkflowState state) {
    return Objects.requireNonNull(
        store.spec(state.key()), () -> "the spec of a workflow is missing: " + state.key());
  }

  /** Reads the outputs of kept tasks from the workflow that is being retried. */
  private record RetriedStore(WorkflowStore store, WorkflowKey old) implements WorkflowStore {
    @Override
    public @Nullable WorkflowState state(WorkflowKey key) {
      return store.state(key);
    }

    @Override
    public @Nullable WorkflowSpec spec(WorkflowKey key) {
      return store.spec(key);
    }

    @Override
    public Map<String, JsonNode> outputs(WorkflowKey key, String task) {
      return store.outputs(old, task);
    }
  }
}
