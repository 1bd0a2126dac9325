package io.firesteel.workflow.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.ask.Ask;
import io.firesteel.event.Outcome;
import io.firesteel.workflow.core.TaskState.Over;
import io.firesteel.workflow.core.TaskState.Reason;
import io.firesteel.workflow.core.TaskState.Started;
import io.firesteel.workflow.core.TaskState.Waiting;
import io.firesteel.workflow.spec.ForEach;
import io.firesteel.workflow.spec.TaskSpec;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves the tasks of one workflow as far as they can go. Asks for a job only once, because a job
 * that was asked for is marked in the same state. For one decision.
 */
final class Progress {

  private final WorkflowDraft draft;
  private final WorkflowSpec spec;
  private final Map<String, TaskState> tasks;
  private final Map<String, Map<String, JsonNode>> outputs = new HashMap<>();

  Progress(WorkflowDraft draft, WorkflowSpec spec) {
    this.draft = draft;
    this.spec = spec;
    this.tasks = new LinkedHashMap<>(draft.state().tasks());
  }

  /** Notes the end of a job; false if it was not on its way. */
  boolean jobEnded(String name, int index, Outcome outcome, Map<String, JsonNode> values) {
    TaskState task = name.equals(WorkflowSpec.ON_EXIT) ? draft.state().exit() : tasks.get(name);
    if (!(task instanceof Started(var items)) || !items.isRunning(index)) {
      return false;
    }
    boolean single = spec.task(name).map(one -> one.forEach() == null).orElse(false);
    if (single && !values.isEmpty()) {
      outputs.put(name, values);
      draft.add(new WorkflowOutput.StoreOutputs(draft.state().key(), name, values));
    }
    set(name, new Started(items.end(index, outcome)));
    return true;
  }

  /** Asks for the end of every job that is on its way. */
  void stopJobs() {
    String reason = draft.state().stop() == null ? "" : "the workflow is being stopped";
    for (TaskSpec task : spec.tasks()) {
      stopJobs(task, tasks.get(task.name()), reason);
    }
    if (spec.onExit() != null) {
      stopJobs(spec.onExit(), draft.state().exit(), reason);
    }
  }

  private void stopJobs(TaskSpec task, @Nullable TaskState state, String reason) {
    Items items = state == null ? Items.open(0) : state.items();
    for (int i = 0; i < items.size(); i++) {
      if (items.isRunning(i)) {
        TaskJob job = job(task, i);
        draft.add(
            new WorkflowOutput.WriteAsk(
                new Ask.CancellationAsked(job.key(spec.tenant()), job.requester(), reason)));
      }
    }
  }

  /** Starts, continues and ends tasks until nothing changes, and then the workflow. */
  void advance() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (TaskSpec task : spec.tasks()) {
        changed |= advance(task, tasks.get(task.name()));
      }
    }
    draft.set(draft.state().withTasks(tasks));
    if (draft.state().outcome() == null
        && tasks.values().stream().allMatch(Over.class::isInstance)) {
      draft.set(draft.state().withOutcome(outcome()));
      startExit();
    }
    if (spec.onExit() != null && draft.state().exit() instanceof Started started) {
      advance(spec.onExit(), started);
    }
    TaskState exit = draft.state().exit();
    if (draft.state().outcome() != null && (spec.onExit() == null || exit instanceof Over)) {
      draft.end(spec);
    }
  }

  private void startExit() {
    if (spec.onExit() != null) {
      set(WorkflowSpec.ON_EXIT, new Started(Items.open(1)));
    }
  }

  private boolean advance(TaskSpec task, @Nullable TaskState state) {
    return switch (state) {
      case null -> false;
      case Over _ -> false;
      case Waiting waiting -> judge(task, waiting);
      case Started(var items) -> step(task, items);
    };
  }

  /** Judges a task's expression once all tasks that it names are over. */
  private boolean judge(TaskSpec task, Waiting waiting) {
    Reason barred = barred();
    if (barred != null) {
      return end(task, TaskOutcome.OMITTED, Items.open(0), barred);
    }
    Map<String, Over> over = new HashMap<>();
    for (String name : task.depends().tasks()) {
      if (!(tasks.get(name) instanceof Over ended)) {
        return false;
      }
      over.put(name, ended);
    }
    if (!task.depends()
        .holds((name, condition) -> over.get(name) instanceof Over ended && ended.is(condition))) {
      return end(task, TaskOutcome.OMITTED, Items.open(0), Reason.DEPENDS);
    }
    return start(task, waiting);
  }

  private boolean start(TaskSpec task, Waiting waiting) {
    ForEach forEach = task.forEach();
    if (forEach == null) {
      return set(task.name(), new Started(Items.open(1)));
    }
    List<JsonNode> items = requests().items(forEach).orElse(null);
    if (items == null) {
      ForEach.Output from = (ForEach.Output) forEach.source();
      boolean missing = outputs(from.task()).get(from.name()) == null;
      return end(
          task,
          TaskOutcome.FAILED,
          Items.open(0),
          missing ? Reason.OUTPUT_MISSING : Reason.ITEMS_INVALID);
    }
    if (items.isEmpty()) {
      return end(task, TaskOutcome.SKIPPED, Items.open(0), null);
    }
    Items kept = waiting.kept();
    return set(
        task.name(),
        new Started(kept != null && kept.size() == items.size() ? kept : Items.open(items.size())));
  }

  /** Asks for the jobs that may start, and ends the task when none is left. */
  private boolean step(TaskSpec task, Items before) {
    Items items = before;
    boolean exit = task.name().equals(WorkflowSpec.ON_EXIT);
    ForEach forEach = task.forEach();
    int most = forEach == null ? 1 : forEach.maxParallel();
    int tolerated = forEach == null ? 0 : forEach.tolerated(items.size());
    Reason barred = exit ? null : barred();
    Reason impossible = null;
    while (barred == null
        && items.firstOpen() >= 0
        && items.count(Items.RUNNING) < most
        && items.count(Items.FAILED) <= tolerated) {
      int index = items.firstOpen();
      impossible = ask(task, index);
      items = items.with(index, impossible == null ? Items.RUNNING : Items.FAILED);
    }
    if (items.count(Items.RUNNING) > 0) {
      return !items.equals(before) && set(task.name(), new Started(items));
    }
    return endOf(task, items, tolerated, impossible == null ? barred : impossible);
  }

  private boolean endOf(TaskSpec task, Items items, int tolerated, @Nullable Reason reason) {
    if (items.count(Items.FAILED) > tolerated) {
      return end(task, TaskOutcome.FAILED, items, reason);
    }
    if (items.firstOpen() >= 0 || items.count(Items.CANCELLED) > 0) {
      return end(task, TaskOutcome.CANCELLED, items, reason);
    }
    return end(task, TaskOutcome.SUCCEEDED, items, null);
  }

  private @Nullable Reason ask(TaskSpec task, int index) {
    ForEach forEach = task.forEach();
    JsonNode item = forEach == null ? null : requests().items(forEach).orElse(List.of()).get(index);
    return switch (requests().fill(task, item)) {
      case TaskRequests.Filled.Impossible(var reason) -> reason;
      case TaskRequests.Filled.Ready(var request) -> {
        TaskJob job = job(task, index);
        draft.add(
            new WorkflowOutput.WriteAsk(
                new Ask.JobAsked(job.key(spec.tenant()), job.requester(), draft.now(), request)));
        yield null;
      }
    };
  }

  private boolean end(TaskSpec task, TaskOutcome outcome, Items items, @Nullable Reason reason) {
    set(task.name(), new Over(outcome, items, reason));
    if (outcome == TaskOutcome.FAILED
        && spec.failFast()
        && !spec.providesForFailureOf(task.name())) {
      draft.set(draft.state().withFailing(true));
    }
    return true;
  }

  private boolean set(String name, TaskState state) {
    boolean exit = name.equals(WorkflowSpec.ON_EXIT);
    TaskState before = exit ? draft.state().exit() : tasks.get(name);
    if (exit) {
      draft.set(draft.state().withExit(state));
    } else {
      tasks.put(name, state);
    }
    boolean started = state instanceof Started && !(before instanceof Started);
    if (started || state instanceof Over) {
      draft.publish(new WorkflowEvent.TaskChanged(name, TaskSummary.of(state)), null);
    }
    return true;
  }

  /** Why no further task may start; null if they may. */
  private @Nullable Reason barred() {
    WorkflowState.Stop stop = draft.state().stop();
    if (stop != null) {
      return stop.reason();
    }
    return draft.state().failing() ? Reason.FAIL_FAST : null;
  }

  private WorkflowOutcome outcome() {
    WorkflowState.Stop stop = draft.state().stop();
    if (stop != null && stop.reason() == Reason.DEADLINE) {
      return WorkflowOutcome.FAILED;
    }
    boolean failed = false;
    boolean cancelled = stop != null;
    for (TaskSpec task : spec.tasks()) {
      if (tasks.get(task.name()) instanceof Over(var outcome, _, _)) {
        failed |= outcome == TaskOutcome.FAILED && !isProvidedFor(task.name());
        cancelled |= outcome == TaskOutcome.CANCELLED;
      }
    }
    if (stop == null && failed) {
      return WorkflowOutcome.FAILED;
    }
    return cancelled ? WorkflowOutcome.CANCELLED : WorkflowOutcome.SUCCEEDED;
  }

  /** Whether a task that provides for the failure of another one has started. */
  private boolean isProvidedFor(String failed) {
    return spec.tasks().stream()
        .filter(task -> task.depends().namesFailureOf(failed))
        .anyMatch(task -> tasks.get(task.name()) instanceof Over over && over.started());
  }

  private TaskRequests requests() {
    return new TaskRequests(spec, this::outputs, draft.state().outcome());
  }

  private Map<String, JsonNode> outputs(String task) {
    return outputs.computeIfAbsent(task, name -> draft.store().outputs(draft.state().key(), name));
  }

  private TaskJob job(TaskSpec task, int index) {
    return new TaskJob(spec.id(), task.name(), task.forEach() == null ? null : index);
  }
}
