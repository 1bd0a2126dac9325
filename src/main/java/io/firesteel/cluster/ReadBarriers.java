package io.firesteel.cluster;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Marks in the drivers topic by which a new owner of a partition knows how far it has to read. A
 * mark stands behind everything that any owner before it can have acted on; it is a tombstone of a
 * key that no job can have, so that compaction removes it. Thread-safe.
 */
final class ReadBarriers {

  /** No job's key begins like that: a job has a tenant. */
  private static final String PREFIX = "/barrier/";

  private final Producer<byte[], byte[]> producer;
  private final String driversTopic;

  ReadBarriers(Producer<byte[], byte[]> producer, String drivers) {
    this.producer = producer;
    this.driversTopic = drivers;
  }

  static boolean isBarrier(String key) {
    return key.startsWith(PREFIX);
  }

  /** Writes a mark and answers its key; it arrives when the broker can be reached. */
  String write(int partition) {
    String key = PREFIX + UUID.randomUUID();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    var _ = producer.send(new ProducerRecord<>(driversTopic, partition, bytes, null));
    return key;
  }
}
