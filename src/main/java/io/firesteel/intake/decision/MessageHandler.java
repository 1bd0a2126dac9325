package io.firesteel.intake.decision;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.EnvelopeReader;
import io.firesteel.intake.request.EnvelopeResult;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import java.util.Optional;

/**
 * Decides what becomes of a message of a request topic. Pure: the same message and definitions give
 * the same decision, so that a message read twice changes nothing.
 *
 * @param requestsTopic the topic of all tenants; one of its own adds a dot and the tenant's name
 * @param largestMessage in bytes of the value
 */
public record MessageHandler(String requestsTopic, int largestMessage) {

  /** Exactly one decision; a throw is a fault of Firesteel. */
  public Decision decide(ReceivedMessage message, Definitions definitions) {
    Optional<Rejection> tooLarge = tooLarge(message);
    return switch (EnvelopeReader.read(message)) {
      case EnvelopeResult.InvalidEnvelope(Rejection rejection) ->
          new Decision.DeadLetter(tooLarge.orElse(rejection));
      case EnvelopeResult.ValidEnvelope(Envelope envelope) ->
          decide(message, envelope, definitions);
    };
  }

  private Decision decide(ReceivedMessage message, Envelope envelope, Definitions definitions) {
    Optional<Rejection> tooLarge = tooLarge(message);
    Optional<RequestEventType> type = RequestEventType.of(envelope.type());
    if (type.isPresent() && type.get() == RequestEventType.JOB_REQUEST) {
      return new JobRequestHandler(definitions).decide(envelope, tenantOfTopic(message), tooLarge);
    }
    if (tooLarge.isPresent()) {
      return new Decision.DeadLetter(tooLarge.get());
    }
    return type.map(
            known -> control(known, message, envelope, new ControlEventHandler(definitions)))
        .orElseGet(() ->
            new Decision.DeadLetter(
                new Rejection(
                    FailureReason.EVENT_TYPE_UNKNOWN,
                    RequestEventType.unknownTypeMessage(envelope.type()))));
  }

  private Decision control(
      RequestEventType type,
      ReceivedMessage message,
      Envelope envelope,
      ControlEventHandler handler) {
    return switch (type) {
      case JOB_REQUEST -> throw new IllegalArgumentException("a request controls nothing");
      case JOB_CANCEL -> handler.cancel(envelope, tenantOfTopic(message));
      case JOB_PRIORITY -> handler.priority(envelope, tenantOfTopic(message));
      case TENANT_SUSPEND -> handler.suspend(envelope, tenantOfTopic(message));
      case TENANT_RESUME -> handler.resume(envelope, tenantOfTopic(message));
    };
  }

  private Optional<Rejection> tooLarge(ReceivedMessage message) {
    return message.size() <= largestMessage
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                FailureReason.MESSAGE_TOO_LARGE,
                "the message has %d bytes, more than the %d that are allowed; put large data in a store and its address in the request"
                    .formatted(message.size(), largestMessage)));
  }

  private Optional<String> tenantOfTopic(ReceivedMessage message) {
    String prefix = requestsTopic + ".";
    return message.topic().startsWith(prefix)
        ? Optional.of(message.topic().substring(prefix.length()))
        : Optional.empty();
  }
}
