package io.firesteel.workflow.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payload of a workflow request, strictly, and collects every error. What a job request
 * says is checked later, when each task is rendered. Pure.
 */
public final class WorkflowReader {

  /** The id of a workflow; with a task and an index behind it, it is the id of a job. */
  public static final Rule<String> ID =
      Rule.matching(
          Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,126}[A-Za-z0-9])?"),
          "1 to 128 letters, digits, hyphens, dots and underscores, a letter or digit at both ends");

  private static final Rule<String> TASK =
      Rule.matching(
          Pattern.compile("(?!onExit$)[A-Za-z][A-Za-z0-9_-]{0,62}"),
          "1 to 63 letters, digits, hyphens and underscores, a letter first, and not onExit");

  /**
   * The fields of a job request that a task may have; the rest of them follows from the workflow.
   */
  private static final List<String> REQUEST_FIELDS =
      List.of("template", "spec", "parameters", "priority", "deadline", "labels", "correlation");

  private static final int MAX_PARAMETERS = 256;

  private WorkflowReader() {}

  /**
   * What was read. A refusal needs the names even if the rest is invalid.
   *
   * @param spec empty if errors were added
   */
  public record WorkflowRead(
      @Nullable String tenant,
      @Nullable String id,
      @Nullable JsonNode correlation,
      Optional<WorkflowSpec> spec) {}

  /**
   * Reads a request and adds its errors.
   *
   * @param topicTenant replaces the tenant of the payload; null if the topic names none
   * @param ignored fields that belong to the envelope
   */
  public static WorkflowRead read(
      JsonNode data,
      String pointer,
      @Nullable String topicTenant,
      List<String> ignored,
      List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(data, pointer, errors);
    ignored.forEach(fields::ignore);
    String named = fields.read("tenant", Names.DNS_LABEL);
    String tenant = topicTenant == null ? named : topicTenant;
    String id = fields.required("workflowId", ID);
    JsonNode correlation = fields.raw("correlation");
    WorkflowSpec spec = spec(fields, tenant == null ? "" : tenant, id == null ? "" : id, errors);
    fields.rejectUnknown();
    if (errors.size() == before) {
      new WorkflowChecks(spec, pointer, errors).check();
    }
    return new WorkflowRead(
        named == null ? tenant : named,
        id,
        correlation,
        errors.size() == before ? Optional.of(spec) : Optional.empty());
  }

  private static WorkflowSpec spec(
      FieldReader fields, String tenant, String id, List<ValidationError> errors) {
    Map<String, JsonNode> parameters =
        fields.map("parameters", MAX_PARAMETERS, Names.PARAMETER, Names.ANY);
    Deadline deadline = fields.object("deadline", WorkflowReader::deadline);
    Boolean failFast = fields.read("failFast", Rule.BOOLEAN);
    TaskSpec onExit = fields.object("onExit", exit -> task(WorkflowSpec.ON_EXIT, exit, false));
    return new WorkflowSpec(
        tenant,
        id,
        parameters,
        fields.read("priority", Names.PRIORITY),
        deadline == null ? null : deadline.finishBy,
        deadline == null ? null : deadline.finishWithin,
        failFast == null || failFast,
        fields.map(
            "labels", 64, Rule.text(317), new Rule<>(Rule.TEXT.expected(), Rule.TEXT.reader())),
        tasks(fields, errors),
        onExit);
  }

  private record Deadline(@Nullable Instant finishBy, @Nullable Duration finishWithin) {}

  private static Deadline deadline(FieldReader fields) {
    Deadline deadline =
        new Deadline(
            fields.read("finishBy", Rule.TIMESTAMP), fields.read("finishWithin", Rule.DURATION));
    fields.rejectUnknown();
    return deadline;
  }

  private static List<TaskSpec> tasks(FieldReader fields, List<ValidationError> errors) {
    JsonNode node = fields.raw("tasks");
    if (node == null
        || !node.isObject()
        || node.isEmpty()
        || node.size() > WorkflowSpec.MAX_TASKS) {
      fields.addError(
          "tasks",
          "must be an object of 1 to %d tasks by name, %s"
              .formatted(
                  WorkflowSpec.MAX_TASKS,
                  node == null
                      ? "is missing"
                      : node.isObject() ? "has " + node.size() : "is " + FieldReader.typeOf(node)));
      return List.of();
    }
    List<TaskSpec> tasks = new ArrayList<>();
    for (var field : node.properties()) {
      String at = JsonPointers.child(fields.pointerTo("tasks"), field.getKey());
      JsonNode name = JsonNodeFactory.instance.textNode(field.getKey());
      if (TASK.reader().apply(name) == null) {
        errors.add(new ValidationError(at, "the name must be " + TASK.expected()));
      } else {
        tasks.add(task(field.getKey(), FieldReader.of(field.getValue(), at, errors), true));
      }
    }
    return tasks;
  }

  private static TaskSpec task(String name, FieldReader fields, boolean inGraph) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    for (String field : REQUEST_FIELDS) {
      JsonNode value = fields.raw(field);
      if (value != null) {
        request.set(field, value);
      }
    }
    Depends depends = inGraph ? depends(fields) : Depends.NOTHING;
    ForEach forEach = inGraph ? fields.object("forEach", ForEachReader::read) : null;
    fields.rejectUnknown();
    return new TaskSpec(name, request, depends, forEach);
  }

  private static Depends depends(FieldReader fields) {
    String text = fields.read("depends", Rule.text(DependsParser.MAX_LENGTH));
    try {
      return text == null ? Depends.NOTHING : Depends.parse(text);
    } catch (DependsException e) {
      fields.addError("depends", String.valueOf(e.getMessage()));
      return Depends.NOTHING;
    }
  }
}
