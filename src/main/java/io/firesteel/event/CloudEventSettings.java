package io.firesteel.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How job events are laid into Kafka records.
 *
 * @param source CloudEvents' {@code source}, the same for all events of one installation
 * @param mode the whole event as one JSON value, or attributes as headers and the data as value
 */
public record CloudEventSettings(URI source, ContentMode mode) {

  /** CloudEvents' content modes. */
  public enum ContentMode {
    STRUCTURED,
    BINARY
  }

  /** Structured, from {@code /firesteel}. */
  public static final CloudEventSettings DEFAULT =
      new CloudEventSettings(URI.create("/firesteel"), ContentMode.STRUCTURED);

  /** Gives events their CloudEvents form. */
  public CloudEventEncoder encoder() {
    return new CloudEventEncoder(source);
  }

  /** Writes CloudEvents as record values, and headers where the mode needs them. */
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
}
