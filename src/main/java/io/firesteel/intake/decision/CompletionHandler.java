package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.ask.Ask;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.EnvelopeReader;
import io.firesteel.intake.request.EnvelopeResult;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.Requester;
import io.firesteel.json.JsonCodec;
import io.firesteel.trigger.CompletionTrigger.Completed;
import io.firesteel.trigger.CompletionTrigger.RequestedJob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides about results of jobs and workflows: each can match several triggers, and each match is
 * handled like an ask, under an id that follows from the trigger and what ended. Pure.
 */
public final class CompletionHandler {

  private static final String TRIGGER = "trigger ";

  private CompletionHandler() {}

  /** One decision for each trigger that matches; possibly none. */
  public static List<Decision> decide(ReceivedMessage message, Definitions definitions) {
    if (definitions.completionTriggers().isEmpty()
        || !(EnvelopeReader.read(message) instanceof EnvelopeResult.ValidEnvelope(var envelope))) {
      return List.of();
    }
    Completed completed = completed(envelope);
    return definitions.completionTriggers().values().stream()
        .flatMap(trigger -> trigger.match(completed).stream())
        .map(job -> decide(job, completed, message, definitions))
        .toList();
  }

  private static Decision decide(
      RequestedJob job, Completed completed, ReceivedMessage message, Definitions definitions) {
    String name = job.trigger().name();
    if (!job.errors().isEmpty()) {
      Rejection rejection = Rejection.of(FailureReason.TRIGGER_FAILED, job.errors());
      return new Decision.DeadLetter(
          new Rejection(rejection.reason(), TRIGGER + name + ": " + rejection.message()));
    }
    var requester = new Requester.Trigger(name, job.depth());
    Origin origin =
        new Origin(
            requester.source(),
            job.jobId(),
            message.receivedAt(),
            null,
            null,
            null,
            message.position(),
            requester,
            null);
    var request = JsonCodec.MAPPER.createObjectNode().put("template", job.trigger().template());
    job.parameters().forEach(request.putObject("parameters")::put);
    if (job.trigger().priority() != null) {
      request.put("priority", job.trigger().priority());
    }
    request.putObject("correlation").put("trigger", name).put("completed", completed.identity());
    Ask.JobAsked ask =
        new Ask.JobAsked(
            new JobKey(completed.tenant(), job.jobId()), requester, message.receivedAt(), request);
    return AskHandler.decide(ask, origin, definitions);
  }

  private static Completed completed(Envelope envelope) {
    JsonNode data = envelope.data();
    Map<String, String> names = new HashMap<>();
    put(names, "job", data.path("jobId"));
    put(names, "workflow", data.path("workflowId"));
    put(names, "template", data.path("template"));
    JsonNode requester = data.path("requester");
    put(names, "schedule", requester.path("schedule"));
    Map<String, String> values = new HashMap<>(names);
    put(values, "scheduledAt", requester.path("scheduledAt"));
    put(values, "outcome", data.path("outcome"));
    for (String group : List.of("parameters", "outputs", "labels")) {
      data.path(group)
          .properties()
          .forEach(value -> put(values, group + "." + value.getKey(), value.getValue()));
    }
    return new Completed(
        data.path("tenant").asText(),
        envelope.origin().id(),
        data.path("outcome").asText(),
        names,
        values,
        requester.path("depth").asInt());
  }

  private static void put(Map<String, String> values, String name, JsonNode value) {
    if (value.isArray()) {
      values.put(name, String.join(",", value.valueStream().map(JsonNode::asText).toList()));
    } else if (value.isValueNode() && !value.isNull()) {
      values.put(name, value.asText());
    }
  }
}
