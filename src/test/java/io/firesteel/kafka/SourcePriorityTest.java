package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class SourcePriorityTest {

  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @Test
  void theNewestRecordOfARankComesBeforeTheOldestOfTheNext() {
    assertThat(extracted(0, NOW + 1_000)).isLessThan(extracted(1, NOW - 1_000_000));
    assertThat(extracted(1, NOW + 1_000)).isLessThan(extracted(2, 0));
    assertThat(extracted(2, NOW)).isLessThan(extracted(2, NOW + 1));
  }

  @Test
  void noTimestampIsInvalidForKafkaStreamsOrLeavesItsRank() {
    assertThat(extracted(0, -1)).isNotNegative().isLessThan(extracted(1, 0));
    assertThat(extracted(1, Long.MAX_VALUE)).isNotNegative().isLessThan(extracted(2, 0));
  }

  @Test
  void noTimestampIsInTheFutureBecauseBrokersWouldRefuseTheChangelog() {
    assertThat(extracted(2, NOW)).isLessThan(NOW);
    assertThat(extracted(2, Long.MAX_VALUE)).isLessThan(NOW);
  }

  @Test
  void timestampAndLatencyCanBeReadBack() {
    for (int rank = 0; rank < 3; rank++) {
      assertThat(SourcePriority.recordTimestamp(extracted(rank, NOW), NOW + 250)).isEqualTo(NOW);
      assertThat(SourcePriority.latency(NOW + 250 - extracted(rank, NOW))).isEqualTo(250);
      assertThat(SourcePriority.latency(NOW - 5 - extracted(rank, NOW))).isEqualTo(-5);
    }
  }

  private static long extracted(int rank, long timestamp) {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            "topic",
            0,
            0,
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            0,
            "key",
            "value",
            new RecordHeaders(),
            java.util.Optional.empty());
    return new SourcePriority(rank).extract(record, -1);
  }
}
