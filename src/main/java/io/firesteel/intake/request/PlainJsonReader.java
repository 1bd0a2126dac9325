package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain JSON as an envelope: the payload itself, with {@link Envelope#PLAIN_FIELDS} as
 * optional fields. A message without an {@code id} is identified by its {@code jobId}, else by the
 * header {@code message-id}, which {@code ./firesteel redrive} sets, else by its partition and
 * offset. The offset identifies a second delivery, but not a second publication.
 */
final class PlainJsonReader {

  private static final Rule<String> ATTRIBUTE =
      Rule.matching(
          Envelope.ATTRIBUTE_FORM, "a string of 1 to 1024 characters without control characters");

  private static final String MESSAGE_ID = "message-id";

  private PlainJsonReader() {}

  static EnvelopeResult read(ReceivedMessage message, JsonNode tree) {
    var errors = new ArrayList<ValidationError>();
    var fields = FieldReader.of(tree, "", errors);
    String type = fields.read("type", ATTRIBUTE);
    String source = fields.read("source", ATTRIBUTE);
    String id = fields.read("id", ATTRIBUTE);
    String correlationId = fields.read("correlationId", ATTRIBUTE);
    if (!errors.isEmpty()) {
      Rejection rejection = Rejection.of(FailureReason.MESSAGE_UNREADABLE, errors);
      return EnvelopeResult.invalid(rejection.reason(), rejection.message());
    }
    Origin origin =
        new Origin(
            source == null ? "/topics/" + message.topic() : source,
            id == null ? identity(message, tree.get("jobId")) : id,
            message.receivedAt(),
            correlationId,
            Envelope.traceparent(message, null),
            null,
            message.position());
    return new EnvelopeResult.ValidEnvelope(
        new Envelope(
            type == null ? RequestEventType.JOB_REQUEST.value() : type,
            origin,
            null,
            tree,
            "",
            true,
            null,
            null));
  }

  private static String identity(ReceivedMessage message, @Nullable JsonNode jobId) {
    if (jobId != null && ATTRIBUTE.reader().apply(jobId) != null) {
      return jobId.textValue();
    }
    return message
        .header(MESSAGE_ID)
        .filter(id -> Envelope.ATTRIBUTE_FORM.matcher(id).matches())
        .orElseGet(() -> message.partition() + ":" + message.offset());
  }
}
