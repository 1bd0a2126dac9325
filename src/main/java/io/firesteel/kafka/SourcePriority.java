package io.firesteel.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Orders the source topics of a Kafka Streams task: a topic is read when those of lower rank are
 * empty. Of the next records of its topics, a task processes the one with the smallest timestamp,
 * so this gives each rank a span of time of its own. The spans are in the past, because records of
 * the changelog inherit the timestamp, and brokers refuse one from the future. Processors must take
 * the time from the clock, or from {@link #recordTimestamp}.
 *
 * @param rank 0 is read first; at most 2
 */
public record SourcePriority(int rank) implements TimestampExtractor {

  /** The span of a rank, in milliseconds: 17 years, so that three of them end in 2022. */
  private static final long SPAN = 1L << 39;

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return rank * SPAN + Math.floorMod(record.timestamp(), SPAN);
  }

  /** The timestamp that a record had in its topic, if it is less than eight years from now. */
  public static long recordTimestamp(long extracted, long now) {
    return now - Math.round(latency(now - extracted));
  }

  /** The latency, in milliseconds, that Kafka Streams measured from an extracted timestamp. */
  static double latency(double measured) {
    return Math.IEEEremainder(measured, SPAN);
  }
}
