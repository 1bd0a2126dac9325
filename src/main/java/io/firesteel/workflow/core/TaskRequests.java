package io.firesteel.workflow.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.template.Placeholders;
import io.firesteel.workflow.core.TaskState.Reason;
import io.firesteel.workflow.spec.ForEach;
import io.firesteel.workflow.spec.TaskSpec;
import io.firesteel.workflow.spec.Values;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills the placeholders of a task's requests. Pure.
 *
 * @param outputs of the single job of a task, by the task's name
 * @param outcome of the workflow; null before all tasks are over
 */
public record TaskRequests(
    WorkflowSpec spec,
    Function<String, Map<String, JsonNode>> outputs,
    @Nullable WorkflowOutcome outcome) {

  /** The request of a job, or why it cannot be made. */
  public sealed interface Filled {
    /** The payload of a job request. */
    record Ready(JsonNode request) implements Filled {}

    /** The task fails. */
    record Impossible(Reason reason) implements Filled {}
  }

  /** The items of a task with {@code forEach}; empty if the list is missing or unusable. */
  Optional<List<JsonNode>> items(ForEach forEach) {
    return switch (forEach.source()) {
      case ForEach.Given(var items, _) -> Optional.of(items);
      case ForEach.Output(var task, var name) -> {
        JsonNode list = outputs.apply(task).get(name);
        List<JsonNode> items = new ArrayList<>();
        if (list != null && list.isArray()) {
          list.forEach(items::add);
        }
        yield list == null || !list.isArray() || items.size() > ForEach.MAX_ITEMS
            ? Optional.empty()
            : Optional.of(items);
      }
    };
  }

  /**
   * The request of a job.
   *
   * @param item null for a task without {@code forEach}
   */
  public Filled fill(TaskSpec task, @Nullable JsonNode item) {
    Map<String, JsonNode> values = new HashMap<>(Values.ofWorkflow(spec));
    ForEach forEach = task.forEach();
    if (forEach != null && item != null) {
      boolean dates = forEach.source() instanceof ForEach.Given(_, var d) && d;
      values.putAll(Values.ofItem(forEach.as(), item, dates));
    }
    if (outcome != null) {
      values.put(Values.OUTCOME, TextNode.valueOf(outcome.name()));
    }
    List<String> missing = new ArrayList<>();
    Placeholders.find(
        task.request(),
        "",
        (_, name) -> {
          ForEach.Output output = name == null ? null : Values.output(name);
          if (output == null) {
            return;
          }
          JsonNode value = outputs.apply(output.task()).get(output.name());
          if (value == null) {
            missing.add(name);
          } else {
            values.put(name, value);
          }
        });
    if (!missing.isEmpty()) {
      return new Filled.Impossible(Reason.OUTPUT_MISSING);
    }
    try {
      return new Filled.Ready(withDefaults(Placeholders.fill(task.request(), values)));
    } catch (Placeholders.ResultTooLargeException _) {
      return new Filled.Impossible(Reason.TOO_LARGE);
    }
  }

  /** Adds what the workflow says for all of its jobs. */
  private JsonNode withDefaults(JsonNode filled) {
    ObjectNode request = filled.deepCopy();
    if (spec.priority() != null && !request.has("priority")) {
      request.put("priority", spec.priority());
    }
    if (!spec.labels().isEmpty() && (!request.has("labels") || request.get("labels").isObject())) {
      ObjectNode labels = request.withObject("/labels");
      spec.labels()
          .forEach((name, value) -> {
            if (!labels.has(name)) {
              labels.put(name, value);
            }
          });
    }
    return request;
  }
}
