package io.firesteel.cluster;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records in the drivers topic that tell a new owner of a partition how far to read. A barrier
 * comes after everything that an earlier owner can have acted on. It is a tombstone with a key that
 * no job can have, so compaction removes it. Thread-safe.
 */
final class ReadBarriers {

  /** A job's key begins with its tenant, which is never empty. */
  private static final String PREFIX = "/barrier/";

  private final Producer<byte[], byte[]> producer;
  private final String driversTopic;

  ReadBarriers(Producer<byte[], byte[]> producer, String driversTopic) {
    this.producer = producer;
    this.driversTopic = driversTopic;
  }

  static boolean isBarrier(String key) {
    return key.startsWith(PREFIX);
  }

  /** Writes a barrier and returns its key. The producer retries until Kafka is reachable. */
  String write(int partition) {
    String key = PREFIX + UUID.randomUUID();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    var _ = producer.send(new ProducerRecord<>(driversTopic, partition, bytes, null));
    return key;
  }
}
