package io.firesteel.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.intake.EnvelopeReader.Opened;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Origin;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Plain JSON as an envelope: the payload itself, with {@code type}, {@code id}, {@code source} and
 * {@code correlationId} as optional fields beside its own. Who gives no {@code id} is known by its
 * {@code jobId}, or else by the place of the message in Kafka, which tells a second delivery of one
 * message from a second message, but not a second publication from a new request.
 */
final class PlainJson {

  /** The envelope's fields, which the payload's reader does not know. */
  static final String[] FIELDS = {"type", "id", "source", "correlationId"};

  private static final Rule<String> NAME =
      Rule.matching(
          EnvelopeReader.NAME, "a text of 1 to 1024 characters, none of them control characters");

  private PlainJson() {}

  static Opened open(Received message, JsonNode tree) {
    var problems = new ArrayList<Problem>();
    var fields = Fields.of(tree, "", problems);
    String type = fields.read("type", NAME);
    String source = fields.read("source", NAME);
    String id = fields.read("id", NAME);
    String correlationId = fields.read("correlationId", NAME);
    if (!problems.isEmpty()) {
      Reason reason = Reason.of(ErrorCode.MESSAGE_UNREADABLE, problems);
      return EnvelopeReader.unreadable(reason.code(), reason.text());
    }
    Origin origin =
        new Origin(
            source == null ? "/topics/" + message.topic() : source,
            id == null ? identity(message, tree.get("jobId")) : id,
            message.receivedAt(),
            correlationId,
            EnvelopeReader.traceparent(message, null),
            null);
    return new Opened.Readable(
        new Envelope(
            type == null ? EventType.JOB_REQUEST.text() : type,
            origin,
            null,
            tree,
            "",
            true,
            null));
  }

  private static String identity(Received message, @Nullable JsonNode jobId) {
    return jobId != null && NAME.reader().apply(jobId) != null
        ? jobId.textValue()
        : message.partition() + ":" + message.offset();
  }
}
