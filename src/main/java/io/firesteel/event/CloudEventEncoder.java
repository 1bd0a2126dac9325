package io.firesteel.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.firesteel.json.JsonCodec;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event its CloudEvents 1.0 form. The same event always becomes the same bytes, so a
 * consumer that saw it twice can tell by {@code source} and {@code id}. Thread-safe.
 */
public final class CloudEventEncoder {

  private static final String JSON = "application/json";

  /** Sets and maps of the JDK have another order in each process. */
  private static final ObjectWriter WRITER =
      JsonCodec.MAPPER.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final URI source;

  /** Events of one installation share a {@code source}. */
  public CloudEventEncoder(URI source) {
    this.source = source;
  }

  /** The CloudEvent. */
  public CloudEvent encode(PublishedJobEvent event) {
    String key = event.job().toString();
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(source)
            .withType(PublishedEventType.of(event.event()))
            .withSubject(event.job().id())
            .withTime(event.at().atOffset(ZoneOffset.UTC))
            .withData(JSON, bytes(data(event)))
            .withExtension("jobid", event.job().id())
            .withExtension("tenant", event.job().tenant())
            .withExtension("sequence", event.sequenceText())
            .withExtension("partitionkey", key);
    withExtension(builder, "correlationid", event.correlationId());
    withExtension(builder, "causationid", event.causationId());
    withExtension(builder, "traceparent", event.traceparent());
    return builder.build();
  }

  /** The CloudEvent of something about a tenant. */
  public CloudEvent encode(PublishedTenantEvent event) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(source)
            .withType(PublishedEventType.of(event.event()))
            .withSubject(event.tenant())
            .withTime(event.at().atOffset(ZoneOffset.UTC))
            .withData(JSON, bytes(event.event()))
            .withExtension("tenant", event.tenant())
            .withExtension("sequence", event.sequenceText())
            .withExtension("partitionkey", event.tenant());
    withExtension(builder, "correlationid", event.correlationId());
    withExtension(builder, "causationid", event.causationId());
    withExtension(builder, "traceparent", event.traceparent());
    return builder.build();
  }

  private static byte[] bytes(Object data) {
    try {
      return WRITER.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new SerializationException("cannot write " + data.getClass().getName(), e);
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
