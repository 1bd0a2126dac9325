package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Origin;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message in any of its three forms: binary, structured or plain.
 *
 * @param type CloudEvents' {@code type}
 * @param origin the sender, without the correlation data of the payload
 * @param expiry CloudEvents' {@code expirytime}
 * @param data the payload
 * @param pointer the JSON pointer of the payload within the message, for error messages
 * @param plain whether the payload also holds {@link #PLAIN_FIELDS}
 * @param trigger the trigger that made the request; null if a requester published it
 * @param version the version of the object, if a trigger made the request
 */
public record Envelope(
    String type,
    Origin origin,
    @Nullable Instant expiry,
    JsonNode data,
    String pointer,
    boolean plain,
    @Nullable String trigger,
    @Nullable ObjectVersion version) {

  /** The fields of a plain JSON message that belong to the envelope. */
  public static final String[] PLAIN_FIELDS = {"type", "id", "source", "correlationId"};

  /** Attributes that identify an event must fit a log line. */
  static final Pattern ATTRIBUTE_FORM = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,1024}");

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  /** The W3C trace context of the event, else of the message; null if it is malformed. */
  static @Nullable String traceparent(ReceivedMessage message, @Nullable String extension) {
    String value = extension == null ? message.header("traceparent").orElse("") : extension;
    return TRACEPARENT.matcher(value).matches() ? value : null;
  }
}
