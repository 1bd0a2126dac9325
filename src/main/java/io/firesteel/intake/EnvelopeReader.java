package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.Origin;
import io.firesteel.json.Printable;
import io.firesteel.json.StrictJson;
import io.firesteel.json.UnreadableJson;
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
final class EnvelopeReader {

  /** What identifies an event must fit a log line. */
  static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,1024}");

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final JsonFormat STRUCTURED = new JsonFormat();

  private EnvelopeReader() {}

  /** What opening a message gave. */
  sealed interface Opened {

    /** It can be read. */
    record Readable(Envelope envelope) implements Opened {}

    /** It cannot. */
    record Unreadable(Reason reason) implements Opened {}
  }

  static Opened open(Received message) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return unreadable(ErrorCode.MESSAGE_EMPTY, "the message has no value");
    }
    try {
      if (isBinary(message, value)) {
        return binary(message, value);
      }
      if (contentType(message).endsWith("yaml")) {
        return manifest(message, value);
      }
      JsonNode tree = StrictJson.read(value);
      boolean event = isStructured(message) || tree.has("specversion");
      return event ? structured(message, value, tree) : PlainJson.open(message, tree);
    } catch (UnreadableJson e) {
      return unreadable(ErrorCode.MESSAGE_UNREADABLE, "the message " + e.getMessage());
    } catch (IllegalArgumentException | DateTimeException e) {
      return invalid(e);
    }
  }

  static Opened unreadable(ErrorCode code, String text) {
    return new Opened.Unreadable(new Reason(code, text));
  }

  /** The SDK's verdict; it knows binary mode by the {@code ce_specversion} header. */
  private static boolean isBinary(Received message, byte[] value) {
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
      throw new IllegalArgumentException(sentence(e.getCause() == null ? e : e.getCause()), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(sentence(e), e);
    }
  }

  private static Opened binary(Received message, byte[] value) throws UnreadableJson {
    CloudEvent event =
        event(() -> KafkaMessageFactory.createReader(message.headers(), value).toEvent());
    return readable(message, event, StrictJson.read(value), "");
  }

  private static Opened structured(Received message, byte[] value, JsonNode tree)
      throws UnreadableJson {
    CloudEvent event = event(() -> STRUCTURED.deserialize(value));
    JsonNode encoded = tree.get("data_base64");
    if (encoded != null) {
      byte[] data = Base64.getDecoder().decode(encoded.asText());
      return readable(message, event, StrictJson.read(data), "/data_base64");
    }
    JsonNode data = tree.get("data");
    return data == null
        ? unreadable(ErrorCode.EVENT_INVALID, "the CloudEvent has no data")
        : readable(message, event, data, "/data");
  }

  private static Opened readable(
      Received message, CloudEvent event, JsonNode data, String pointer) {
    Origin origin =
        new Origin(
            named("source", event.getSource().toString()),
            named("id", event.getId()),
            message.receivedAt(),
            extension(event, "correlationid"),
            traceparent(message, extension(event, "traceparent")),
            null);
    return new Opened.Readable(
        new Envelope(event.getType(), origin, expiry(event), data, pointer, false, null));
  }

  private static String named(String attribute, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          attribute + " must have 1 to 1024 characters, none of them control characters");
    }
    return value;
  }

  /** W3C trace context, the event's own before the message's; one that breaks the form is none. */
  static @Nullable String traceparent(Received message, @Nullable String extension) {
    String value = extension == null ? header(message, "traceparent").orElse("") : extension;
    return TRACEPARENT.matcher(value).matches() ? value : null;
  }

  private static @Nullable Instant expiry(CloudEvent event) {
    String expiry = extension(event, "expirytime");
    return expiry == null ? null : OffsetDateTime.parse(expiry).toInstant();
  }

  private static @Nullable String extension(CloudEvent event, String name) {
    Object value = event.getExtension(name);
    return value == null ? null : named(name, value.toString());
  }

  /** A file as people keep it in git; its one document is read as plain JSON is. */
  private static Opened manifest(Received message, byte[] value) {
    try {
      List<YamlDocument> documents = YamlReader.read(new String(value, UTF_8));
      return documents.size() == 1
          ? PlainJson.open(message, documents.getFirst().tree())
          : unreadable(
              ErrorCode.MESSAGE_UNREADABLE,
              "the message has %d YAML documents; send each by itself".formatted(documents.size()));
    } catch (IOException e) {
      return unreadable(
          ErrorCode.MESSAGE_UNREADABLE,
          "the message is not YAML at line %d".formatted(YamlReader.line(e)));
    }
  }

  private static boolean isStructured(Received message) {
    return contentType(message).startsWith("application/cloudevents");
  }

  private static String contentType(Received message) {
    return header(message, "content-type")
        .map(type -> type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip())
        .orElse("");
  }

  static Optional<String> header(Received message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), UTF_8));
  }

  private static Opened invalid(Throwable e) {
    return unreadable(
        ErrorCode.EVENT_INVALID, "the message is no valid CloudEvent: " + sentence(e));
  }

  private static String sentence(Throwable e) {
    String all =
        e instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
    String first = all.lines().findFirst().orElse("");
    return Printable.of(first.substring(0, Math.min(200, first.length())));
  }
}
