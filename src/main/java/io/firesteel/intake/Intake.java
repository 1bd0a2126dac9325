package io.firesteel.intake;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.EnvelopeReader.Opened;
import io.firesteel.job.ErrorCode;
import java.util.Optional;

/**
 * Decides what becomes of a message of a request topic. Pure: the same message and definitions give
 * the same decision, so that a message read twice changes nothing.
 *
 * @param requestsTopic the topic of all tenants; one of its own adds a dot and the tenant's name
 * @param largestMessage in bytes of the value
 */
record Intake(String requestsTopic, int largestMessage) {

  /** Exactly one decision; a throw is a fault of Firesteel. */
  Decision decide(Received message, Definitions definitions) {
    Optional<Reason> tooLarge = tooLarge(message);
    return switch (EnvelopeReader.open(message)) {
      case Opened.Unreadable(Reason reason) -> new Decision.DeadLetter(tooLarge.orElse(reason));
      case Opened.Readable(Envelope envelope) -> decide(message, envelope, definitions);
    };
  }

  private Decision decide(Received message, Envelope envelope, Definitions definitions) {
    Optional<Reason> tooLarge = tooLarge(message);
    Optional<EventType> type = EventType.of(envelope.type());
    if (type.isPresent() && type.get() == EventType.JOB_REQUEST) {
      return new JobRequests(definitions).decide(envelope, topicTenant(message), tooLarge);
    }
    if (tooLarge.isPresent()) {
      return new Decision.DeadLetter(tooLarge.get());
    }
    return type.map(known -> control(known, message, envelope, new Controls(definitions)))
        .orElseGet(() ->
            new Decision.DeadLetter(
                new Reason(ErrorCode.EVENT_TYPE_UNKNOWN, EventType.unknown(envelope.type()))));
  }

  private Decision control(EventType type, Received message, Envelope envelope, Controls controls) {
    return switch (type) {
      case JOB_REQUEST -> throw new IllegalArgumentException("a request controls nothing");
      case JOB_CANCEL -> controls.cancel(envelope, topicTenant(message));
      case JOB_PRIORITY -> controls.priority(envelope, topicTenant(message));
      case TENANT_SUSPEND -> controls.suspend(envelope, topicTenant(message));
      case TENANT_RESUME -> controls.resume(envelope, topicTenant(message));
    };
  }

  private Optional<Reason> tooLarge(Received message) {
    return message.size() <= largestMessage
        ? Optional.empty()
        : Optional.of(
            new Reason(
                ErrorCode.MESSAGE_TOO_LARGE,
                "the message has %d bytes, more than the %d that are allowed; put large data in a store and its address in the request"
                    .formatted(message.size(), largestMessage)));
  }

  private Optional<String> topicTenant(Received message) {
    String prefix = requestsTopic + ".";
    return message.topic().startsWith(prefix)
        ? Optional.of(message.topic().substring(prefix.length()))
        : Optional.empty();
  }
}
