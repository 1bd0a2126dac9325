package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.ask.Ask;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.job.Requester;
import io.firesteel.json.JsonPointers;
import io.firesteel.template.JobTemplate;
import io.firesteel.template.Placeholders;
import io.firesteel.workflow.core.TaskJob;
import io.firesteel.workflow.core.TaskRequests;
import io.firesteel.workflow.core.TaskRequests.Filled;
import io.firesteel.workflow.core.WorkflowOutcome;
import io.firesteel.workflow.spec.ForEach;
import io.firesteel.workflow.spec.TaskSpec;
import io.firesteel.workflow.spec.Values;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests the jobs of a workflow on trial: of each task the first and the last one, as far as
 * their values are known. A task that uses outputs of others is checked for its template only.
 * Pure; for one workflow.
 */
final class WorkflowTrial {

  private static final int MAX_REJECTIONS = 20;

  private final Definitions definitions;
  private final WorkflowSpec spec;
  private final Envelope envelope;
  private final List<Rejection> rejections = new ArrayList<>();

  WorkflowTrial(Definitions definitions, WorkflowSpec spec, Envelope envelope) {
    this.definitions = definitions;
    this.spec = spec;
    this.envelope = envelope;
  }

  /** The rejection of the first tasks that would be rejected, together; empty if none would be. */
  Optional<Rejection> run() {
    Stream.concat(spec.tasks().stream(), Stream.ofNullable(spec.onExit()))
        .takeWhile(_ -> rejections.size() < MAX_REJECTIONS)
        .forEach(this::check);
    if (rejections.isEmpty()) {
      return Optional.empty();
    }
    String all = String.join("; ", rejections.stream().map(Rejection::message).toList());
    return Optional.of(
        new Rejection(
            rejections.getFirst().reason(),
            all,
            rejections.stream().flatMap(rejection -> rejection.errors().stream()).toList()));
  }

  private void check(TaskSpec task) {
    if (usesOutputs(task)) {
      checkTemplate(task);
      return;
    }
    List<@Nullable JsonNode> items = items(task);
    for (int i = 0; i < items.size(); i = i == 0 ? Math.max(1, items.size() - 1) : i + 1) {
      if (!check(task, items.get(i), i)) {
        return;
      }
    }
  }

  private static List<@Nullable JsonNode> items(TaskSpec task) {
    return task.forEach() != null && task.forEach().source() instanceof ForEach.Given(var items, _)
        ? new ArrayList<>(items)
        : Collections.singletonList(null);
  }

  private static boolean usesOutputs(TaskSpec task) {
    boolean[] found = {task.forEach() != null && task.forEach().source() instanceof ForEach.Output};
    Placeholders.find(
        task.request(), "", (_, name) -> found[0] |= name != null && Values.output(name) != null);
    return found[0];
  }

  private boolean check(TaskSpec task, @Nullable JsonNode item, int index) {
    boolean exit = task.name().equals(WorkflowSpec.ON_EXIT);
    TaskRequests requests =
        new TaskRequests(spec, _ -> Map.of(), exit ? WorkflowOutcome.SUCCEEDED : null);
    return switch (requests.fill(task, item)) {
      case Filled.Impossible(var reason) ->
          reject(
              new Rejection(
                  FailureReason.MESSAGE_TOO_LARGE, at(task) + ": cannot be filled in: " + reason));
      case Filled.Ready(var request) -> request(task, request, index);
    };
  }

  private boolean request(TaskSpec task, JsonNode request, int index) {
    Integer item = task.forEach() == null ? null : index;
    TaskJob job = new TaskJob(spec.id(), task.name(), item);
    Ask.JobAsked ask =
        new Ask.JobAsked(
            job.key(spec.tenant()),
            new Requester.WorkflowTask(spec.id(), task.name(), item),
            envelope.origin().receivedAt(),
            request);
    Envelope trial =
        new Envelope(
            RequestEventType.JOB_REQUEST.value(),
            origin(ask.requester()),
            null,
            AskHandler.request(ask, definitions),
            at(task),
            false,
            null,
            null);
    return switch (new JobRequestHandler(definitions)
        .decide(trial, Optional.of(spec.tenant()), Optional.empty())) {
      case Decision.Reject(_, var rejection) -> reject(named(task, rejection));
      case Decision.DeadLetter(var rejection) -> reject(named(task, rejection));
      case Decision.Accept _,
          Decision.AcceptSchedule _,
          Decision.AcceptWorkflow _,
          Decision.Ignore _,
          Decision.RejectWorkflow _,
          Decision.RejectAsk _ ->
          true;
    };
  }

  private Origin origin(Requester requester) {
    Origin origin = envelope.origin();
    return new Origin(
        requester.source(),
        origin.id(),
        origin.receivedAt(),
        null,
        null,
        null,
        origin.record(),
        requester,
        origin.principal());
  }

  private void checkTemplate(TaskSpec task) {
    JsonNode name = task.request().get("template");
    if (name == null) {
      return;
    }
    JobTemplate template = definitions.templates().get(name.asText());
    if (template == null || !template.allows(spec.tenant())) {
      reject(named(task, Rejections.templateUnknown(name.asText(), spec.tenant(), definitions)));
      return;
    }
    JsonNode parameters = task.request().path("parameters");
    for (var parameter : parameters.properties()) {
      if (!template.parameterNames().contains(parameter.getKey())) {
        reject(
            new Rejection(
                FailureReason.PARAMETER_INVALID,
                "%s: is not a parameter of the template"
                    .formatted(JsonPointers.child(at(task) + "/parameters", parameter.getKey()))));
      }
    }
  }

  private Rejection named(TaskSpec task, Rejection rejection) {
    return rejection.message().startsWith(at(task))
        ? rejection
        : new Rejection(
            rejection.reason(), at(task) + ": " + rejection.message(), rejection.errors());
  }

  private boolean reject(Rejection rejection) {
    rejections.add(rejection);
    return false;
  }

  private String at(TaskSpec task) {
    return task.name().equals(WorkflowSpec.ON_EXIT)
        ? envelope.pointer() + "/onExit"
        : JsonPointers.child(envelope.pointer() + "/tasks", task.name());
  }
}
