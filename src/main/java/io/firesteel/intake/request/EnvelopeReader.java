package io.firesteel.intake.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Origin;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.Printable;
import io.firesteel.json.StrictJson;
import io.firesteel.json.YamlDocument;
import io.firesteel.json.YamlReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelope of a message: a CloudEvent in binary mode (headers {@code ce_*}), a CloudEvent
 * in structured mode (by content type, or by a {@code specversion} in the body), plain JSON, or
 * plain JSON as YAML (by content type). The CloudEvents SDK reads attributes, {@link StrictJson}
 * reads payloads. Pure and thread-safe.
 */
public final class EnvelopeReader {

  private static final JsonFormat STRUCTURED = new JsonFormat();

  private EnvelopeReader() {}

  /** Reads the envelope of a message, in either content mode. */
  public static EnvelopeResult read(ReceivedMessage message) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return EnvelopeResult.invalid(FailureReason.MESSAGE_EMPTY, "the message has no value");
    }
    try {
      if (isBinary(message, value)) {
        return binary(message, value);
      }
      if (contentType(message).endsWith("yaml")) {
        return yaml(message, value);
      }
      JsonNode tree = StrictJson.read(value);
      boolean event = isStructured(message) || tree.has("specversion");
      return event ? structured(message, value, tree) : PlainJsonReader.read(message, tree);
    } catch (InvalidJsonException e) {
      return EnvelopeResult.invalid(
          FailureReason.MESSAGE_UNREADABLE, "the message " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return invalidEvent(e);
    }
  }

  /** Whether the SDK finds the {@code ce_specversion} header. */
  private static boolean isBinary(ReceivedMessage message, byte[] value) {
    try {
      return KafkaMessageFactory.createReader(message.headers(), value).getEncoding()
          == Encoding.BINARY;
    } catch (CloudEventRWException e) {
      if (e.getKind() == CloudEventRWException.CloudEventRWExceptionKind.UNKNOWN_ENCODING) {
        return false;
      }
      throw e;
    }
  }

  /** The SDK throws many types of exceptions for an invalid event. */
  private static CloudEvent event(Supplier<CloudEvent> sdk) {
    try {
      return sdk.get();
    } catch (EventDeserializationException e) {
      throw new IllegalArgumentException(firstLine(e.getCause() == null ? e : e.getCause()), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(firstLine(e), e);
    }
  }

  private static EnvelopeResult binary(ReceivedMessage message, byte[] value)
      throws InvalidJsonException {
    CloudEvent event =
        event(() -> KafkaMessageFactory.createReader(message.headers(), value).toEvent());
    return envelope(message, event, StrictJson.read(value), "");
  }

  private static EnvelopeResult structured(ReceivedMessage message, byte[] value, JsonNode tree)
      throws InvalidJsonException {
    CloudEvent event = event(() -> STRUCTURED.deserialize(value));
    JsonNode encoded = tree.get("data_base64");
    if (encoded != null) {
      return envelope(message, event, StrictJson.read(decoded(encoded)), "/data_base64");
    }
    JsonNode data = tree.get("data");
    return data == null
        ? EnvelopeResult.invalid(FailureReason.EVENT_INVALID, "the CloudEvent has no data")
        : envelope(message, event, data, "/data");
  }

  private static byte[] decoded(JsonNode base64) {
    try {
      return Base64.getDecoder().decode(base64.asText());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("data_base64 is not valid Base64", e);
    }
  }

  private static EnvelopeResult envelope(
      ReceivedMessage message, CloudEvent event, JsonNode data, String pointer) {
    Origin origin =
        new Origin(
            checked("source", event.getSource().toString()),
            checked("id", event.getId()),
            message.receivedAt(),
            extension(event, "correlationid"),
            Envelope.traceparent(message, extension(event, "traceparent")),
            null,
            message.position(),
            null,
            extension(event, "authid"));
    return new EnvelopeResult.ValidEnvelope(
        new Envelope(event.getType(), origin, expiry(event), data, pointer, false, null, null));
  }

  private static String checked(String attribute, String value) {
    if (!Envelope.ATTRIBUTE_FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          attribute + " must have 1 to 1024 characters, none of them control characters");
    }
    return value;
  }

  private static @Nullable Instant expiry(CloudEvent event) {
    String expiry = extension(event, "expirytime");
    try {
      return expiry == null ? null : OffsetDateTime.parse(expiry).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expirytime must be an RFC 3339 timestamp such as 2026-01-31T18:00:00Z, is " + expiry, e);
    }
  }

  private static @Nullable String extension(CloudEvent event, String name) {
    Object value = event.getExtension(name);
    return value == null ? null : checked(name, value.toString());
  }

  /** Reads a YAML file with one document, such as a manifest, as plain JSON. */
  private static EnvelopeResult yaml(ReceivedMessage message, byte[] value) {
    try {
      List<YamlDocument> documents = YamlReader.read(new String(value, UTF_8));
      return documents.size() == 1
          ? PlainJsonReader.read(message, documents.getFirst().tree())
          : EnvelopeResult.invalid(
              FailureReason.MESSAGE_UNREADABLE,
              "the message has %d YAML documents; send one document per message"
                  .formatted(documents.size()));
    } catch (IOException e) {
      return EnvelopeResult.invalid(
          FailureReason.MESSAGE_UNREADABLE,
          "the message is not valid YAML at line %d".formatted(YamlReader.line(e)));
    }
  }

  private static boolean isStructured(ReceivedMessage message) {
    return contentType(message).startsWith("application/cloudevents");
  }

  private static String contentType(ReceivedMessage message) {
    return message
        .header("content-type")
        .map(type -> type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip())
        .orElse("");
  }

  private static EnvelopeResult invalidEvent(Throwable e) {
    return EnvelopeResult.invalid(
        FailureReason.EVENT_INVALID, "the message is not a valid CloudEvent: " + firstLine(e));
  }

  private static String firstLine(Throwable e) {
    String all =
        e instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
    String first = all.lines().findFirst().orElse("");
    return Printable.of(first, 200);
  }
}
