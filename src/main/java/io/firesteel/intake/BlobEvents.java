package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Origin;
import io.firesteel.json.Printable;
import io.firesteel.json.Problem;
import io.firesteel.json.StrictJson;
import io.firesteel.json.UnreadableJson;
import io.firesteel.template.JobTemplate;
import io.firesteel.trigger.BlobTrigger;
import io.firesteel.trigger.Notice;
import io.firesteel.trigger.Notices;
import io.firesteel.trigger.ObjectArrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about notifications of object stores. A message may hold several, each may pass several
 * triggers, and each of those asks for one job, just as a request of the trigger's tenant would.
 * Whether a notification is outdated is for admission to say, which remembers. Pure.
 *
 * @param largestMessage in bytes of the value
 */
record BlobEvents(int largestMessage) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A decision for each job, and one for each mistake; none when nothing is to be done. */
  List<Decision> decide(Received message, Definitions definitions) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return dead(ErrorCode.MESSAGE_EMPTY, "the message has no value");
    }
    if (value.length > largestMessage) {
      return dead(ErrorCode.MESSAGE_TOO_LARGE, "the message has " + value.length + " bytes");
    }
    try {
      var decisions = new ArrayList<Decision>();
      for (Notice notice : Notices.read(StrictJson.read(value), headers(message))) {
        decisions.addAll(decide(notice, message, definitions));
      }
      return decisions;
    } catch (UnreadableJson e) {
      return dead(ErrorCode.MESSAGE_UNREADABLE, "the message " + e.getMessage());
    }
  }

  private List<Decision> decide(Notice notice, Received message, Definitions definitions) {
    return switch (notice) {
      case Notice.Ignored _ -> List.of();
      case Notice.Broken(List<Problem> problems) ->
          List.of(new Decision.DeadLetter(Reason.of(ErrorCode.BLOB_EVENT_INVALID, problems)));
      case Notice.Arrived(ObjectArrival arrival) ->
          definitions.triggers().values().stream()
              .flatMap(trigger -> trigger.aim(arrival).stream())
              .map(shot -> decide(shot, arrival, message, definitions))
              .toList();
    };
  }

  private static Decision decide(
      BlobTrigger.Shot shot, ObjectArrival arrival, Received message, Definitions definitions) {
    if (!shot.problems().isEmpty()) {
      return named(
          shot, new Decision.DeadLetter(Reason.of(ErrorCode.TRIGGER_FAILED, shot.problems())));
    }
    Origin origin =
        new Origin(
            "/buckets/" + arrival.store().word() + "/" + Printable.of(arrival.bucket()),
            shot.jobId(),
            message.receivedAt(),
            null,
            null,
            null);
    var envelope =
        new Envelope(
            EventType.JOB_REQUEST.text(),
            origin,
            null,
            request(shot, arrival, definitions),
            "",
            false,
            shot.version());
    return named(
        shot,
        new JobRequests(definitions)
            .decide(envelope, Optional.of(shot.trigger().tenant()), Optional.empty()));
  }

  /** What a requester would have sent. */
  private static JsonNode request(
      BlobTrigger.Shot shot, ObjectArrival arrival, Definitions definitions) {
    BlobTrigger trigger = shot.trigger();
    ObjectNode request = NODES.objectNode();
    request.put("jobId", shot.jobId()).put("template", trigger.template());
    if (trigger.priority() != null) {
      request.put("priority", trigger.priority());
    }
    ObjectNode parameters = request.putObject("parameters");
    JobTemplate template = definitions.templates().get(trigger.template());
    if (template == null) {
      shot.parameters().forEach(parameters::put);
    } else {
      parameters.setAll(template.fromTexts(shot.parameters()));
    }
    request
        .putObject("correlation")
        .put("trigger", trigger.name())
        .put("bucket", arrival.bucket())
        .put("key", arrival.key())
        .put("url", arrival.url())
        .put("event", arrival.event());
    return request;
  }

  /** The same decision, its reason naming the trigger. */
  private static Decision named(BlobTrigger.Shot shot, Decision decision) {
    String prefix = "trigger " + shot.trigger().name() + ": ";
    return switch (decision) {
      case Decision.Accept accept -> accept;
      case Decision.Refuse(String cohort, var answer, Reason(ErrorCode code, String text)) ->
          new Decision.Refuse(cohort, answer, new Reason(code, prefix + text));
      case Decision.DeadLetter(Reason(ErrorCode code, String text)) ->
          new Decision.DeadLetter(new Reason(code, prefix + text));
    };
  }

  private static Map<String, String> headers(Received message) {
    var headers = new HashMap<String, String>();
    message
        .headers()
        .forEach(h -> headers.put(h.key(), h.value() == null ? "" : new String(h.value(), UTF_8)));
    return headers;
  }

  private static List<Decision> dead(ErrorCode code, String text) {
    return List.of(new Decision.DeadLetter(new Reason(code, text)));
  }
}
