package io.firesteel.intake.decision;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.EnvelopeReader;
import io.firesteel.intake.request.EnvelopeResult;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.schedule.core.ScheduleManifest;
import java.util.Optional;

/**
 * Decides about a message of a request topic. Pure: the same message and definitions give the same
 * decision, so reading a message twice changes nothing.
 *
 * @param requestsTopic the shared topic; a tenant's own topic adds a dot and the tenant's name
 * @param maxMessageBytes of a message's value
 */
public record MessageHandler(String requestsTopic, int maxMessageBytes) {

  /** Makes one decision. An exception is a bug in Firesteel. */
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
    Optional<RequestEventType> type = type(envelope);
    if (type.isPresent() && type.get() == RequestEventType.JOB_REQUEST) {
      return new JobRequestHandler(definitions).decide(envelope, tenantOfTopic(message), tooLarge);
    }
    if (type.isPresent() && type.get() == RequestEventType.WORKFLOW_REQUEST) {
      return new WorkflowRequestHandler(definitions)
          .decide(envelope, tenantOfTopic(message), tooLarge);
    }
    if (tooLarge.isPresent()) {
      return new Decision.DeadLetter(tooLarge.get());
    }
    return type.map(known -> control(known, message, envelope, definitions))
        .orElseGet(() ->
            new Decision.DeadLetter(
                new Rejection(
                    FailureReason.EVENT_TYPE_UNKNOWN,
                    RequestEventType.unknownTypeMessage(envelope.type()))));
  }

  /** The manifest of a schedule needs no type of its own. */
  private static Optional<RequestEventType> type(Envelope envelope) {
    Optional<RequestEventType> type = RequestEventType.of(envelope.type());
    return type.filter(RequestEventType.JOB_REQUEST::equals).isPresent()
            && ScheduleManifest.isOne(envelope.data())
        ? Optional.of(RequestEventType.SCHEDULE_APPLY)
        : type;
  }

  private Decision control(
      RequestEventType type, ReceivedMessage message, Envelope envelope, Definitions definitions) {
    ControlEventHandler handler = new ControlEventHandler(definitions);
    return switch (type) {
      case JOB_REQUEST, WORKFLOW_REQUEST ->
          throw new IllegalArgumentException("a request is not a control event");
      case WORKFLOW_CANCEL, WORKFLOW_RETRY ->
          new WorkflowEventHandler(definitions).decide(type, envelope, tenantOfTopic(message));
      case JOB_CANCEL -> handler.cancel(envelope, tenantOfTopic(message));
      case JOB_PRIORITY -> handler.priority(envelope, tenantOfTopic(message));
      case TENANT_SUSPEND -> handler.suspend(envelope, tenantOfTopic(message));
      case TENANT_RESUME -> handler.resume(envelope, tenantOfTopic(message));
      case SCHEDULE_APPLY, SCHEDULE_DELETE, SCHEDULE_SUSPEND, SCHEDULE_RESUME, SCHEDULE_RUN ->
          new ScheduleEventHandler(definitions).decide(type, envelope, tenantOfTopic(message));
    };
  }

  private Optional<Rejection> tooLarge(ReceivedMessage message) {
    return message.size() <= maxMessageBytes
        ? Optional.empty()
        : Optional.of(Rejections.messageTooLarge(message.size(), maxMessageBytes));
  }

  private Optional<String> tenantOfTopic(ReceivedMessage message) {
    String prefix = requestsTopic + ".";
    return message.topic().startsWith(prefix)
        ? Optional.of(message.topic().substring(prefix.length()))
        : Optional.empty();
  }
}
