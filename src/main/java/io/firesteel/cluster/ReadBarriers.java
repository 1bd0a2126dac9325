package io.firesteel.cluster;

import io.firesteel.cluster.controller.ClusterProducer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records in the drivers topic that tell a new owner of a partition how far to read. A barrier
 * comes after everything that an earlier owner can have acted on. It is a tombstone with a key that
 * no job can have, so compaction removes it. Thread-safe.
 */
final class ReadBarriers {

  /** A job's key begins with its tenant, which is never empty. */
  private static final String PREFIX = "/barrier/";

  private final ClusterProducer producer;
  private final String driversTopic;

  ReadBarriers(ClusterProducer producer, String driversTopic) {
    this.producer = producer;
    this.driversTopic = driversTopic;
  }

  static boolean isBarrier(String key) {
    return key.startsWith(PREFIX);
  }

  /**
   * Writes a barrier and returns its key. The producer retries until Kafka accepts it; until then
   * the partition's controllers do not start.
   */
  String write(int partition) {
    String key = PREFIX + UUID.randomUUID();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(driversTopic, partition, bytes, null),
        UnaryOperator.identity(),
        () -> {});
    return key;
  }
}
