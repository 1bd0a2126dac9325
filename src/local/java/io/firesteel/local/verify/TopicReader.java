package io.firesteel.local.verify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Topics read from their beginning, as a downstream system would read them: committed records only.
 * Every record is held to the contract before it is handed over. One thread.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RecordContract contract = new RecordContract();

  private TopicReader(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Opens topics that exist. */
  public static TopicReader open(String bootstrapServers, String... names) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            16 << 20);
    var bytes = new ByteArrayDeserializer();
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes);
    List<TopicPartition> partitions =
        List.of(names).stream()
            .flatMap(name -> consumer.partitionsFor(name).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new TopicReader(consumer);
  }

  /** Hands over what has come, waiting a moment when there is nothing. */
  public void poll(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    deliver(consumer.poll(POLL), reader);
  }

  /** Hands over what has come, without waiting. */
  public void pollNow(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    deliver(consumer.poll(Duration.ZERO), reader);
  }

  private void deliver(
      ConsumerRecords<byte[], byte[]> records, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    for (var message : records) {
      contract.check(message.topic(), message.key(), message.value(), message.headers());
      reader.accept(message);
    }
  }

  /** Hands over everything that is there now, and returns when the end is reached. */
  public void readAll(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(reader);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
