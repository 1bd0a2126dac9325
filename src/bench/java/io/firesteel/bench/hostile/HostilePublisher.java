package io.firesteel.bench.hostile;

import io.firesteel.bench.hostile.HostileInput.Message;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes messages, singly or in large compressed batches, without a limit of its own. */
final class HostilePublisher implements AutoCloseable {

  private static final int MAX_BATCH = 128 << 20;

  private final KafkaProducer<byte[], byte[]> single;
  private final KafkaProducer<byte[], byte[]> batches;

  HostilePublisher(String bootstrapServers) {
    single = producer(bootstrapServers, "none", 1 << 14, 0);
    batches = producer(bootstrapServers, "zstd", MAX_BATCH, 200);
  }

  private static KafkaProducer<byte[], byte[]> producer(
      String bootstrapServers, String compression, int batch, int linger) {
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * MAX_BATCH,
            ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * MAX_BATCH,
            ProducerConfig.BATCH_SIZE_CONFIG, batch,
            ProducerConfig.LINGER_MS_CONFIG, linger,
            ProducerConfig.COMPRESSION_TYPE_CONFIG, compression,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false),
        bytes,
        bytes);
  }

  Future<RecordMetadata> send(Message message) {
    KafkaProducer<byte[], byte[]> producer = message.compressed() ? batches : single;
    return producer.send(
        new ProducerRecord<>(
            message.topic(), null, message.key(), message.value(), message.headers()));
  }

  /** The position of a message, {@code topic/partition/offset}; empty if the broker refused it. */
  static Optional<String> position(Future<RecordMetadata> sent) throws InterruptedException {
    try {
      RecordMetadata at = sent.get();
      return Optional.of("%s/%d/%d".formatted(at.topic(), at.partition(), at.offset()));
    } catch (ExecutionException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    single.close();
    batches.close();
  }
}
