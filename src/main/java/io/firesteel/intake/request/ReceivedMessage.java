package io.firesteel.intake.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.job.RecordPosition;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One message from Kafka. Its string form has no payload.
 *
 * @param timestamp Kafka's timestamp, by the sender's or the broker's clock
 * @param receivedAt when Firesteel read it, by its own clock
 */
public record ReceivedMessage(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    Instant receivedAt,
    Headers headers,
    byte @Nullable [] key,
    byte @Nullable [] value) {

  /** The bytes of the value. */
  public int size() {
    return value == null ? 0 : value.length;
  }

  /** Where the message stands in its topic. */
  public RecordPosition position() {
    return new RecordPosition(topic, partition, offset);
  }

  /** The last value of a header. */
  Optional<String> header(String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), UTF_8));
  }

  @Override
  public String toString() {
    return position().toString();
  }
}
