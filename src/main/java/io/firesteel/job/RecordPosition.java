package io.firesteel.job;

import org.jspecify.annotations.Nullable;

/** The position of a Kafka record. */
public record RecordPosition(String topic, int partition, long offset) {

  /**
   * Whether the record is the other one or comes before it in the same partition. A consumer that
   * has read the other one reads this one again only after a failure.
   */
  public boolean isAtOrBefore(@Nullable RecordPosition other) {
    return other != null
        && topic.equals(other.topic)
        && partition == other.partition
        && offset <= other.offset;
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
