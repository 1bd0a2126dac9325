package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.intake.request.EnvelopeReader.EnvelopeResult;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Plain JSON as an envelope: the payload itself, with {@code type}, {@code id}, {@code source} and
 * {@code correlationId} as optional fields beside its own. Who gives no {@code id} is known by its
 * {@code jobId}, or else by the place of the message in Kafka, which tells a second delivery of one
 * message from a second message, but not a second publication from a new request.
 */
public final class PlainJsonReader {

  /** The envelope's fields, which the payload's reader does not know. */
  public static final String[] ENVELOPE_FIELDS = {"type", "id", "source", "correlationId"};

  private static final Rule<String> ATTRIBUTE =
      Rule.matching(
          EnvelopeReader.ATTRIBUTE_FORM,
          "a text of 1 to 1024 characters, none of them control characters");

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
      return EnvelopeReader.invalid(rejection.reason(), rejection.message());
    }
    Origin origin =
        new Origin(
            source == null ? "/topics/" + message.topic() : source,
            id == null ? identity(message, tree.get("jobId")) : id,
            message.receivedAt(),
            correlationId,
            EnvelopeReader.traceparent(message, null),
            null);
    return new EnvelopeResult.ValidEnvelope(
        new Envelope(
            type == null ? RequestEventType.JOB_REQUEST.value() : type,
            origin,
            null,
            tree,
            "",
            true,
            null));
  }

  private static String identity(ReceivedMessage message, @Nullable JsonNode jobId) {
    return jobId != null && ATTRIBUTE.reader().apply(jobId) != null
        ? jobId.textValue()
        : message.partition() + ":" + message.offset();
  }
}
