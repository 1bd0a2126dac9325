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
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Opens a message: a CloudEvent in binary mode (headers {@code ce_*}), a CloudEvent in structured
 * mode (by content type, or by a {@code specversion} in the body), plain JSON, or the same in YAML
 * (by content type). Attributes are read by the CloudEvents SDK, payloads strictly by {@link
 * StrictJson}. Pure and thread-safe.
 */
public final class EnvelopeReader {

  /** What identifies an event must fit a log line. */
  static final Pattern ATTRIBUTE_FORM = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,1024}");

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final JsonFormat STRUCTURED = new JsonFormat();

  private EnvelopeReader() {}

  /** What opening a message gave. */
  public sealed interface EnvelopeResult {

    /** It can be read. */
    record ValidEnvelope(Envelope envelope) implements EnvelopeResult {}

    /** It cannot. */
    record InvalidEnvelope(Rejection rejection) implements EnvelopeResult {}
  }

  public static EnvelopeResult read(ReceivedMessage message) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return invalid(FailureReason.MESSAGE_EMPTY, "the message has no value");
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
      return invalid(FailureReason.MESSAGE_UNREADABLE, "the message " + e.getMessage());
    } catch (IllegalArgumentException | DateTimeException e) {
      return invalidEvent(e);
    }
  }

  static EnvelopeResult invalid(FailureReason code, String text) {
    return new EnvelopeResult.InvalidEnvelope(new Rejection(code, text));
  }

  /** The SDK's verdict; it knows binary mode by the {@code ce_specversion} header. */
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

  /** The SDK throws many things at what breaks the rules; all of them are the message's fault. */
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
      byte[] data = Base64.getDecoder().decode(encoded.asText());
      return envelope(message, event, StrictJson.read(data), "/data_base64");
    }
    JsonNode data = tree.get("data");
    return data == null
        ? invalid(FailureReason.EVENT_INVALID, "the CloudEvent has no data")
        : envelope(message, event, data, "/data");
  }

  private static EnvelopeResult envelope(
      ReceivedMessage message, CloudEvent event, JsonNode data, String pointer) {
    Origin origin =
        new Origin(
            checked("source", event.getSource().toString()),
            checked("id", event.getId()),
            message.receivedAt(),
            extension(event, "correlationid"),
            traceparent(message, extension(event, "traceparent")),
            null);
    return new EnvelopeResult.ValidEnvelope(
        new Envelope(event.getType(), origin, expiry(event), data, pointer, false, null));
  }

  private static String checked(String attribute, String value) {
    if (!ATTRIBUTE_FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          attribute + " must have 1 to 1024 characters, none of them control characters");
    }
    return value;
  }

  /** W3C trace context, the event's own before the message's; one that breaks the form is none. */
  static @Nullable String traceparent(ReceivedMessage message, @Nullable String extension) {
    String value = extension == null ? header(message, "traceparent").orElse("") : extension;
    return TRACEPARENT.matcher(value).matches() ? value : null;
  }

  private static @Nullable Instant expiry(CloudEvent event) {
    String expiry = extension(event, "expirytime");
    return expiry == null ? null : OffsetDateTime.parse(expiry).toInstant();
  }

  private static @Nullable String extension(CloudEvent event, String name) {
    Object value = event.getExtension(name);
    return value == null ? null : checked(name, value.toString());
  }

  /** A file as people keep it in git; its one document is read as plain JSON is. */
  private static EnvelopeResult yaml(ReceivedMessage message, byte[] value) {
    try {
      List<YamlDocument> documents = YamlReader.read(new String(value, UTF_8));
      return documents.size() == 1
          ? PlainJsonReader.read(message, documents.getFirst().tree())
          : invalid(
              FailureReason.MESSAGE_UNREADABLE,
              "the message has %d YAML documents; send each by itself".formatted(documents.size()));
    } catch (IOException e) {
      return invalid(
          FailureReason.MESSAGE_UNREADABLE,
          "the message is not YAML at line %d".formatted(YamlReader.line(e)));
    }
  }

  private static boolean isStructured(ReceivedMessage message) {
    return contentType(message).startsWith("application/cloudevents");
  }

  private static String contentType(ReceivedMessage message) {
    return header(message, "content-type")
        .map(type -> type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip())
        .orElse("");
  }

  static Optional<String> header(ReceivedMessage message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), UTF_8));
  }

  private static EnvelopeResult invalidEvent(Throwable e) {
    return invalid(
        FailureReason.EVENT_INVALID, "the message is no valid CloudEvent: " + firstLine(e));
  }

  private static String firstLine(Throwable e) {
    String all =
        e instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
    String first = all.lines().findFirst().orElse("");
    return Printable.of(first.substring(0, Math.min(200, first.length())));
  }
}
