package io.firesteel.workflow.spec;

import io.firesteel.json.JsonPointers;
import io.firesteel.json.Printable;
import io.firesteel.json.Suggestions;
import io.firesteel.json.ValidationError;
import io.firesteel.template.Placeholders;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks what the parts of a workflow say about each other. Pure; for one workflow. */
final class WorkflowChecks {

  private final WorkflowSpec spec;
  private final String pointer;
  private final List<ValidationError> errors;

  WorkflowChecks(WorkflowSpec spec, String pointer, List<ValidationError> errors) {
    this.spec = spec;
    this.pointer = pointer;
    this.errors = errors;
  }

  void check() {
    int before = errors.size();
    TaskGraph graph = TaskGraph.of(spec.tasks(), (task, text) -> add(at(task) + "/depends", text));
    if (errors.size() > before) {
      return;
    }
    checkSize(graph);
    for (TaskSpec task : spec.tasks()) {
      Set<String> ancestors = graph.ancestors(task.name());
      checkSource(task, ancestors);
      checkPlaceholders(task, ancestors);
    }
    if (spec.onExit() != null) {
      Set<String> all = new TreeSet<>();
      spec.tasks().forEach(task -> all.add(task.name()));
      checkPlaceholders(spec.onExit(), all);
    }
  }

  private void checkSize(TaskGraph graph) {
    int jobs = spec.onExit() == null ? 0 : 1;
    for (TaskSpec task : spec.tasks()) {
      ForEach forEach = task.forEach();
      jobs +=
          forEach != null && forEach.source() instanceof ForEach.Given(var items, _)
              ? items.size()
              : 1;
      if (graph.depth(task.name()) > WorkflowSpec.MAX_DEPTH) {
        add(
            at(task) + "/depends",
            "is the end of a chain of more than %d tasks; split the workflow"
                .formatted(WorkflowSpec.MAX_DEPTH));
        return;
      }
    }
    if (jobs > WorkflowSpec.MAX_JOBS) {
      add(
          pointer + "/tasks",
          "have %,d jobs, the limit is %,d; split the workflow"
              .formatted(jobs, WorkflowSpec.MAX_JOBS));
    }
  }

  private void checkSource(TaskSpec task, Set<String> ancestors) {
    if (task.forEach() != null && task.forEach().source() instanceof ForEach.Output(var from, _)) {
      checkOutputOf(task, from, ancestors, at(task) + "/forEach/from");
    }
  }

  private void checkOutputOf(TaskSpec task, String from, Set<String> ancestors, String at) {
    TaskSpec source = spec.task(from).orElse(null);
    if (source == null) {
      List<String> names = spec.tasks().stream().map(TaskSpec::name).toList();
      add(
          at,
          "names the task %s, which the workflow does not have; %s"
              .formatted(Printable.of(from, 63), Suggestions.hint(from, names, "its tasks are")));
    } else if (!ancestors.contains(from)) {
      add(
          at,
          "uses an output of %s, on which %s does not depend; add it to depends"
              .formatted(from, task.name()));
    } else if (source.forEach() != null) {
      add(
          at,
          "uses an output of %s, which has forEach and so no outputs of its own; let its jobs write to a place that follows from their items"
              .formatted(from));
    }
  }

  private void checkPlaceholders(TaskSpec task, Set<String> ancestors) {
    Set<String> known = known(task);
    task.request()
        .properties()
        .forEach(field -> {
          boolean strict = field.getKey().equals("parameters");
          Placeholders.find(
              field.getValue(),
              JsonPointers.child(at(task), field.getKey()),
              (place, name) -> checkPlaceholder(task, ancestors, known, strict, place, name));
        });
  }

  private void checkPlaceholder(
      TaskSpec task,
      Set<String> ancestors,
      Set<String> known,
      boolean strict,
      String place,
      @Nullable String name) {
    if (name == null) {
      if (strict) {
        add(place, "has {{ without a complete placeholder {{name}}");
      }
      return;
    }
    ForEach.Output output = Values.output(name);
    if (output != null) {
      checkOutputOf(task, output.task(), ancestors, place);
    } else if (!known.contains(name) && (strict || Values.isOurs(name))) {
      add(
          place,
          "uses %s, which has no value here; %s"
              .formatted(Printable.of(name, 100), Suggestions.hint(name, known, "known are")));
    }
  }

  private Set<String> known(TaskSpec task) {
    Set<String> known = new TreeSet<>(Values.ofWorkflow(spec).keySet());
    ForEach forEach = task.forEach();
    if (forEach != null) {
      boolean dates = forEach.source() instanceof ForEach.Given(_, var d) && d;
      known.addAll(Values.ofItem(forEach.as(), null, dates).keySet());
    }
    if (task.name().equals(WorkflowSpec.ON_EXIT)) {
      known.add(Values.OUTCOME);
    }
    return known;
  }

  private String at(TaskSpec task) {
    return task.name().equals(WorkflowSpec.ON_EXIT)
        ? pointer + "/onExit"
        : JsonPointers.child(pointer + "/tasks", task.name());
  }

  private void add(String at, String text) {
    errors.add(new ValidationError(at, text));
  }
}
