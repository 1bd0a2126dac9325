package io.firesteel.admission;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The topics that admission reads, highest priority first. Among the topics of a task, Kafka
 * Streams processes the record with the smallest timestamp next. So the timestamp of a record is
 * its own, moved behind those of every topic with a higher priority. Admission takes the time from
 * its clock.
 */
enum InboxPriority implements TimestampExtractor {
  OBSERVATIONS,
  INBOX,
  BACKLOG;

  /** The bits of a timestamp in milliseconds; enough for 34,000 years. */
  private static final int BITS = 50;

  private static final long MASK = (1L << BITS) - 1;

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return ((long) ordinal() << BITS) | (record.timestamp() & MASK);
  }

  /** The timestamp that the record had in its topic. */
  static long recordTimestamp(long extracted) {
    return extracted & MASK;
  }
}
