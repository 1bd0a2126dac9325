package io.firesteel.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import io.firesteel.json.JsonCodec;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes events as CloudEvents 1.0. The same event always has the same bytes, {@code source} and
 * {@code id}, so a consumer can detect an event that is delivered again. Thread-safe.
 *
 * @param source the same for all events of one installation
 * @param mode how a Kafka record holds an event
 */
public record CloudEventEncoder(URI source, ContentMode mode) {

  /** CloudEvents' content modes: one JSON document, or attributes in headers. */
  public enum ContentMode {
    STRUCTURED,
    BINARY
  }

  private static final String JSON = "application/json";

  /** The JDK's immutable sets and maps have another order in each process. */
  private static final ObjectWriter WRITER =
      JsonCodec.MAPPER.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** An event about a job. */
  public CloudEvent encode(PublishedJobEvent event) {
    return builder(event.id(), event.header(), event.job().toString(), data(event))
        .withType(PublishedEventType.of(event.event()))
        .withSubject(event.job().id())
        .withExtension("jobid", event.job().id())
        .withExtension("tenant", event.job().tenant())
        .build();
  }

  /** An event about a tenant. */
  public CloudEvent encode(PublishedTenantEvent event) {
    return builder(event.id(), event.header(), event.tenant(), event.event())
        .withType(PublishedEventType.of(event.event()))
        .withSubject(event.tenant())
        .withExtension("tenant", event.tenant())
        .build();
  }

  /**
   * An event of another feature.
   *
   * @param attributes sets type, subject and extensions
   */
  public CloudEvent encode(
      String id,
      EventHeader header,
      String partitionKey,
      Object data,
      UnaryOperator<CloudEventBuilder> attributes) {
    return attributes.apply(builder(id, header, partitionKey, data)).build();
  }

  /** Writes CloudEvents as values of records, and as headers in binary mode. */
  public Serializer<CloudEvent> serializer() {
    CloudEventSerializer serializer = new CloudEventSerializer();
    Encoding encoding =
        switch (mode) {
          case STRUCTURED -> Encoding.STRUCTURED;
          case BINARY -> Encoding.BINARY;
        };
    serializer.configure(
        Map.of(
            CloudEventSerializer.ENCODING_CONFIG,
            encoding,
            CloudEventSerializer.EVENT_FORMAT_CONFIG,
            JsonFormat.CONTENT_TYPE),
        false);
    return serializer;
  }

  private CloudEventBuilder builder(
      String id, EventHeader header, String partitionKey, Object data) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(source)
            .withTime(header.at().atOffset(ZoneOffset.UTC))
            .withData(JSON, bytes(data))
            .withExtension("sequence", header.sequenceText())
            .withExtension("partitionkey", partitionKey);
    withExtension(builder, "correlationid", header.correlationId());
    withExtension(builder, "causationid", header.causationId());
    withExtension(builder, "traceparent", header.traceparent());
    if (header.requester() != null) {
      header.requester().attributes().forEach(builder::withExtension);
    }
    return builder;
  }

  private static byte[] bytes(Object data) {
    try {
      return WRITER.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write a " + data.getClass().getName(), e);
    }
  }

  private static Object data(PublishedJobEvent event) {
    return switch (event.event()) {
      case JobEvent.JobEnded(var result) -> result;
      case JobEvent.JobWaiting(var waitingStatus) ->
          new EventData(event.generation(), waitingStatus);
      case JobEvent other -> new EventData(event.generation(), other);
    };
  }

  private static void withExtension(
      CloudEventBuilder builder, String name, @Nullable String value) {
    if (value != null) {
      builder.withExtension(name, value);
    }
  }
}
