package io.firesteel.intake.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.Printable;
import io.firesteel.json.StrictJson;
import io.firesteel.json.ValidationError;
import io.firesteel.template.JobTemplate;
import io.firesteel.trigger.BlobTrigger;
import io.firesteel.trigger.Notification;
import io.firesteel.trigger.NotificationReader;
import io.firesteel.trigger.ObjectCreated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about notifications of object stores. A message can have several notifications, and each
 * can match several triggers; each match is handled as a job request of the trigger's tenant.
 * Admission, which has the state, detects outdated versions. Pure.
 *
 * @param maxMessageBytes of a message's value
 */
public record BlobEventHandler(int maxMessageBytes) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** One decision for each job, and for each notification that starts none. */
  public List<Decision> decide(ReceivedMessage message, Definitions definitions) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return deadLetter(FailureReason.MESSAGE_EMPTY, "the message has no value");
    }
    if (value.length > maxMessageBytes) {
      return List.of(
          new Decision.DeadLetter(Rejections.messageTooLarge(value.length, maxMessageBytes)));
    }
    try {
      var decisions = new ArrayList<Decision>();
      for (Notification notification :
          NotificationReader.read(StrictJson.read(value), headers(message))) {
        decisions.addAll(decide(notification, message, definitions));
      }
      return decisions;
    } catch (InvalidJsonException e) {
      return deadLetter(FailureReason.MESSAGE_UNREADABLE, "the message " + e.getMessage());
    }
  }

  private List<Decision> decide(
      Notification notification, ReceivedMessage message, Definitions definitions) {
    return switch (notification) {
      case Notification.Ignored _ ->
          List.of(new Decision.Ignore(Decision.Ignore.Cause.NO_NEW_OBJECT));
      case Notification.MalformedNotification(List<ValidationError> errors) ->
          List.of(new Decision.DeadLetter(Rejection.of(FailureReason.BLOB_EVENT_INVALID, errors)));
      case Notification.NewObject(ObjectCreated object) -> decide(object, message, definitions);
    };
  }

  private static List<Decision> decide(
      ObjectCreated object, ReceivedMessage message, Definitions definitions) {
    List<Decision> jobs =
        definitions.triggers().values().stream()
            .flatMap(trigger -> trigger.match(object).stream())
            .map(triggeredJob -> decide(triggeredJob, object, message, definitions))
            .toList();
    return jobs.isEmpty() ? List.of(new Decision.Ignore(Decision.Ignore.Cause.NO_TRIGGER)) : jobs;
  }

  private static Decision decide(
      BlobTrigger.TriggeredJob triggeredJob,
      ObjectCreated object,
      ReceivedMessage message,
      Definitions definitions) {
    if (!triggeredJob.errors().isEmpty()) {
      return withTriggerName(
          triggeredJob,
          new Decision.DeadLetter(
              Rejection.of(FailureReason.TRIGGER_FAILED, triggeredJob.errors())));
    }
    Origin origin =
        new Origin(
            "/buckets/" + object.store().value() + "/" + Printable.of(object.bucket()),
            triggeredJob.jobId(),
            message.receivedAt(),
            null,
            null,
            null,
            message.position());
    var envelope =
        new Envelope(
            RequestEventType.JOB_REQUEST.value(),
            origin,
            null,
            request(triggeredJob, object, definitions),
            "",
            false,
            triggeredJob.trigger().name(),
            triggeredJob.version());
    return withTriggerName(
        triggeredJob,
        new JobRequestHandler(definitions)
            .decide(envelope, Optional.of(triggeredJob.trigger().tenant()), Optional.empty()));
  }

  /** The payload of an equivalent job request. */
  private static JsonNode request(
      BlobTrigger.TriggeredJob triggeredJob, ObjectCreated object, Definitions definitions) {
    BlobTrigger trigger = triggeredJob.trigger();
    ObjectNode request = NODES.objectNode();
    request.put("jobId", triggeredJob.jobId()).put("template", trigger.template());
    if (trigger.priority() != null) {
      request.put("priority", trigger.priority());
    }
    ObjectNode parameters = request.putObject("parameters");
    JobTemplate template = definitions.templates().get(trigger.template());
    if (template == null) {
      triggeredJob.parameters().forEach(parameters::put);
    } else {
      parameters.setAll(template.fromTexts(triggeredJob.parameters()));
    }
    request
        .putObject("correlation")
        .put("trigger", trigger.name())
        .put("bucket", object.bucket())
        .put("key", object.key())
        .put("url", object.url())
        .put("event", object.event());
    return request;
  }

  /** Adds the name of the trigger to the message of a rejection. */
  private static Decision withTriggerName(
      BlobTrigger.TriggeredJob triggeredJob, Decision decision) {
    String prefix = "trigger " + triggeredJob.trigger().name() + ": ";
    return switch (decision) {
      case Decision.Accept _,
          Decision.AcceptSchedule _,
          Decision.AcceptWorkflow _,
          Decision.Ignore _,
          Decision.RejectWorkflow _,
          Decision.RejectAsk _ ->
          decision;
      case Decision.Reject(var answer, Rejection(FailureReason code, String text, var errors)) ->
          new Decision.Reject(answer, new Rejection(code, prefix + text, errors));
      case Decision.DeadLetter(Rejection(FailureReason code, String text, var errors)) ->
          new Decision.DeadLetter(new Rejection(code, prefix + text, errors));
    };
  }

  private static Map<String, String> headers(ReceivedMessage message) {
    var headers = new HashMap<String, String>();
    message
        .headers()
        .forEach(h -> headers.put(h.key(), h.value() == null ? "" : new String(h.value(), UTF_8)));
    return headers;
  }

  private static List<Decision> deadLetter(FailureReason code, String text) {
    return List.of(new Decision.DeadLetter(new Rejection(code, text)));
  }
}
