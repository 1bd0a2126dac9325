package io.firesteel.intake.decision;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.EnvelopeReader;
import io.firesteel.intake.request.EnvelopeResult;
import io.firesteel.intake.request.JobRequestReader;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.intake.request.RequestEventType;
import io.firesteel.job.FailureReason;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.ValidationError;
import io.firesteel.schedule.core.ScheduleManifest;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The tenant against whose share a message counts, at a fraction of the cost of a decision. Empty
   * if the message names none, and for suspending and resuming a tenant, which no share limits.
   */
  public Optional<String> sender(ReceivedMessage message) {
    return EnvelopeReader.read(message) instanceof EnvelopeResult.ValidEnvelope(Envelope envelope)
        ? type(envelope).flatMap(type -> sender(type, message, envelope))
        : Optional.empty();
  }

  private Optional<String> sender(
      RequestEventType type, ReceivedMessage message, Envelope envelope) {
    return switch (type) {
      case TENANT_SUSPEND, TENANT_RESUME -> Optional.empty();
      default -> tenantOfTopic(message).or(() -> namedTenant(type, envelope));
    };
  }

  private static Optional<String> namedTenant(RequestEventType type, Envelope envelope) {
    List<ValidationError> ignored = new ArrayList<>();
    return switch (type) {
      case JOB_REQUEST -> Optional.ofNullable(JobRequestReader.read(envelope, ignored).tenant());
      case SCHEDULE_APPLY ->
          ScheduleManifest.read(envelope.data(), envelope.pointer(), ignored, Envelope.PLAIN_FIELDS)
              .map(ScheduleManifest::tenant);
      default ->
          Optional.ofNullable(
              FieldReader.of(envelope.data(), envelope.pointer(), ignored)
                  .read("tenant", Names.DNS_LABEL));
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
