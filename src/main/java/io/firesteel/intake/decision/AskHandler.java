package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.ask.Ask;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.json.JsonCodec;
import io.firesteel.template.JobTemplate;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about asks as about job requests, under the definitions that are in force now. A job that
 * was asked for gets its result whatever happens, so that whoever asked does not wait forever.
 * Pure.
 */
public final class AskHandler {

  private AskHandler() {}

  /** Makes one decision. An exception is a bug in Firesteel; see {@link #afterBug}. */
  public static Decision decide(ReceivedMessage message, Definitions definitions) {
    Ask ask = read(message);
    return switch (ask) {
      case null ->
          new Decision.DeadLetter(
              new Rejection(FailureReason.MESSAGE_UNREADABLE, "the record is not an ask"));
      case Ask.JobAsked asked -> decide(asked, origin(asked, message), definitions);
      case Ask.CancellationAsked cancel ->
          new Decision.Accept(
              new InboxMessage.CancelRequested(
                  cancel.job(), origin(cancel, message), cancel.reason()));
    };
  }

  /** The result of a job whose ask cannot be handled because of a bug. */
  public static Decision afterBug(ReceivedMessage message, Rejection bug) {
    return read(message) instanceof Ask.JobAsked asked
        ? reject(asked, origin(asked, message), bug)
        : new Decision.DeadLetter(bug);
  }

  private static @Nullable Ask read(ReceivedMessage message) {
    try {
      byte[] value = message.value();
      Ask ask = value == null ? null : JsonCodec.MAPPER.readValue(value, Ask.class);
      boolean complete =
          ask != null
              && ask.job() != null
              && ask.requester() != null
              && !(ask instanceof Ask.JobAsked(_, _, _, JsonNode request)
                  && !(request instanceof ObjectNode));
      return complete ? ask : null;
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  /** Decides about an ask that was read. */
  static Decision decide(Ask.JobAsked asked, Origin origin, Definitions definitions) {
    Envelope envelope =
        new Envelope(
            RequestEventType.JOB_REQUEST.value(),
            origin,
            null,
            request(asked, definitions),
            "",
            false,
            null,
            null);
    Decision decision =
        new JobRequestHandler(definitions)
            .decide(envelope, Optional.of(asked.job().tenant()), Optional.empty());
    return switch (decision) {
      case Decision.Reject(_, var rejection) -> reject(asked, origin, named(asked, rejection));
      case Decision.DeadLetter(var rejection) -> reject(asked, origin, named(asked, rejection));
      case Decision.Accept _,
          Decision.AcceptSchedule _,
          Decision.AcceptWorkflow _,
          Decision.Ignore _,
          Decision.RejectWorkflow _,
          Decision.RejectAsk _ ->
          decision;
    };
  }

  private static Rejection named(Ask asked, Rejection rejection) {
    return new Rejection(
        rejection.reason(), asked.requester().source().substring(1) + ": " + rejection.message());
  }

  private static Decision reject(Ask.JobAsked asked, Origin origin, Rejection rejection) {
    Origin known = origin.withCorrelation(asked.request().get("correlation"));
    return new Decision.RejectAsk(
        new InboxMessage.JobRejected(asked.job(), known, rejection.failure()), rejection);
  }

  private static Origin origin(Ask ask, ReceivedMessage message) {
    return new Origin(
        ask.requester().source(),
        ask.id(),
        message.receivedAt(),
        null,
        null,
        null,
        message.position(),
        ask.requester(),
        null);
  }

  /** The payload of an equivalent job request. */
  static JsonNode request(Ask.JobAsked asked, Definitions definitions) {
    ObjectNode request = asked.request().deepCopy();
    request.put("jobId", asked.job().id());
    JobTemplate template = definitions.templates().get(request.path("template").asText());
    if (template != null && request.get("parameters") instanceof ObjectNode parameters) {
      Map<String, String> texts = new HashMap<>();
      for (var parameter : parameters.properties()) {
        if (parameter.getValue().isTextual()) {
          texts.put(parameter.getKey(), parameter.getValue().textValue());
        }
      }
      parameters.setAll(template.fromTexts(texts));
    }
    return request;
  }
}
