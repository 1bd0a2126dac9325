package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

/**
 * A dead letter that Kafka rejects as too large is truncated, and its headers describe the rest.
 */
final class DeadLettersTest {

  private static final DeadLetters LETTERS = new DeadLetters("dead", new SimpleMeterRegistry());

  @Test
  void keepsTheBeginningAndDescribesTheWhole() {
    var cut = LETTERS.truncate(letter(Map.of("a", "b"), "x".repeat(1 << 20)));

    assertThat(cut.value()).hasSize(64 << 10);
    assertThat(cut.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(headers(cut))
        .containsEntry("firesteel-cut-from-bytes", "1048576")
        .containsEntry(
            "firesteel-cut-from-sha256",
            "8f990ba0b577b51cf009ea049368c16bbda1b21e1b93be07a824758bb253c39b")
        .containsEntry("firesteel-origin-offset", "42")
        .doesNotContainKey("a");
  }

  @Test
  void isSmallWhateverTheSenderPutIntoHeaders() {
    var cut = LETTERS.truncate(letter(Map.of("a", "x".repeat(2 << 20)), "{"));

    assertThat(size(cut)).isLessThan(100 << 10);
  }

  @Test
  void becomesSmallerEachTimeItIsTruncated() {
    var once = LETTERS.truncate(letter(Map.of(), "x".repeat(1 << 20)));
    var twice = LETTERS.truncate(once);

    assertThat(twice.value()).isNull();
    assertThat(headers(twice)).isEqualTo(headers(once));
  }

  @Test
  void registersACounterForEveryReasonOfARejectionAndForNoOther() {
    var registry = new SimpleMeterRegistry();

    var letters = new DeadLetters("dead", registry);
    letters.count(letter(Map.of(), "{"));

    assertThat(registry.find(DeadLetters.COUNTER).counters())
        .extracting(counter -> counter.getId().getTag("code"))
        .contains("MESSAGE_UNREADABLE", "TENANT_UNKNOWN", "BUG")
        .doesNotContain("DRIVER_LOST", "CANCELLED");
    assertThat(
            registry.get(DeadLetters.COUNTER).tag("code", "MESSAGE_UNREADABLE").counter().count())
        .isEqualTo(1);
  }

  private static ProducerRecord<byte[], byte[]> letter(Map<String, String> headers, String value) {
    return LETTERS.create(
        SampleMessages.of(SampleMessages.TOPIC, headers, value),
        new Rejection(FailureReason.MESSAGE_UNREADABLE, "is not JSON"));
  }

  private static int size(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.LZ4,
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    var headers = new TreeMap<String, String>();
    record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }
}
