package io.firesteel.intake.request;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One message as it came from Kafka. Prints without its payload.
 *
 * @param timestamp Kafka's, by the sender's or the broker's clock
 * @param receivedAt when it was read, by Firesteel's clock
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

  public static ReceivedMessage of(ConsumerRecord<byte[], byte[]> kafka, Instant now) {
    return new ReceivedMessage(
        kafka.topic(),
        kafka.partition(),
        kafka.offset(),
        Instant.ofEpochMilli(kafka.timestamp()),
        now,
        kafka.headers(),
        kafka.key(),
        kafka.value());
  }

  public int size() {
    return value == null ? 0 : value.length;
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
