package io.firesteel.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Orders the source topics of a Kafka Streams task: a topic is read when those of lower rank are
 * empty. Of the next records of its topics, a task processes the one with the smallest timestamp,
 * so this moves the timestamps of each rank behind those of the ranks before it. Processors must
 * take the time from the clock, or from {@link #recordTimestamp}.
 *
 * @param rank 0 is read first
 */
public record SourcePriority(int rank) implements TimestampExtractor {

  /** More than any timestamp or latency, in milliseconds: 139 years. */
  private static final long STEP = 1L << 42;

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return rank * STEP + Math.floorMod(record.timestamp(), STEP);
  }

  /** The timestamp that a record had in its topic. */
  public static long recordTimestamp(long extracted) {
    return extracted % STEP;
  }

  /** The latency, in milliseconds, that Kafka Streams measured from an extracted timestamp. */
  static double latency(double measured) {
    return Math.IEEEremainder(measured, STEP);
  }
}
