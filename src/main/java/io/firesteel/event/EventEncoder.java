package io.firesteel.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.firesteel.kafka.Json;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event its CloudEvents 1.0 form. The same event always becomes the same bytes, so a
 * consumer that saw it twice can tell by {@code source} and {@code id}. Thread-safe.
 */
public final class EventEncoder {

  private static final String JSON = "application/json";

  /** Sets and maps of the JDK have another order in each process. */
  private static final ObjectWriter WRITER =
      Json.MAPPER.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final URI source;

  /** Events of one installation share a {@code source}. */
  public EventEncoder(URI source) {
    this.source = source;
  }

  /** The CloudEvent. */
  public CloudEvent encode(PublishedEvent event) {
    String key = event.job().toString();
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(source)
            .withType(EventType.of(event.event()))
            .withSubject(event.job().id())
            .withTime(event.at().atOffset(ZoneOffset.UTC))
            .withData(JSON, bytes(data(event)))
            .withExtension("jobid", event.job().id())
            .withExtension("tenant", event.job().tenant())
            .withExtension("sequence", event.sequenceText())
            .withExtension("partitionkey", key);
    extend(builder, "correlationid", event.correlationId());
    extend(builder, "causationid", event.causationId());
    extend(builder, "traceparent", event.traceparent());
    return builder.build();
  }

  /** The CloudEvent of something about a tenant. */
  public CloudEvent encode(PublishedTenantEvent event) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(source)
            .withType(EventType.of(event.event()))
            .withSubject(event.tenant())
            .withTime(event.at().atOffset(ZoneOffset.UTC))
            .withData(JSON, bytes(event.event()))
            .withExtension("tenant", event.tenant())
            .withExtension("sequence", event.sequenceText())
            .withExtension("partitionkey", event.tenant());
    extend(builder, "correlationid", event.correlationId());
    extend(builder, "causationid", event.causationId());
    extend(builder, "traceparent", event.traceparent());
    return builder.build();
  }

  private static byte[] bytes(Object data) {
    try {
      return WRITER.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new SerializationException("cannot write " + data.getClass().getName(), e);
    }
  }

  private static Object data(PublishedEvent event) {
    return switch (event.event()) {
      case JobEvent.Ended(var result) -> result;
      case JobEvent.StillWaiting(var waiting) -> new EventData(event.generation(), waiting);
      case JobEvent other -> new EventData(event.generation(), other);
    };
  }

  private static void extend(CloudEventBuilder builder, String name, @Nullable String value) {
    if (value != null) {
      builder.withExtension(name, value);
    }
  }
}
