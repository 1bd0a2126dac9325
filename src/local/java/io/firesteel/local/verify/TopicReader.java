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
 * Reads topics from their beginning and committed records only, as a downstream system does, and
 * checks every record against the contract. For one thread.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RecordContract contract = new RecordContract();

  private TopicReader(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Opens existing topics. */
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

  /** Passes on new records; waits briefly if there are none. */
  public void poll(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    deliver(consumer.poll(POLL), reader);
  }

  /** Passes on new records without waiting. */
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

  /** Passes on all records up to the current end. */
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
