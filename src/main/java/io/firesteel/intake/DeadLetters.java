package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.kafka.DeadLetterHeaders;
import io.firesteel.kafka.TruncatedValue;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Creates dead letters and counts them. A dead letter is the message with its key, value and
 * headers, and with {@link DeadLetterHeaders}. To try again, send key, value and headers to the
 * origin topic. Thread-safe.
 */
final class DeadLetters {

  /** Counter; tag code. */
  static final String COUNTER = "firesteel.dead.letters";

  private static final int MAX_KEY_BYTES = 4 << 10;
  private static final Set<FailureReason> REJECTIONS =
      EnumSet.range(FailureReason.MESSAGE_EMPTY, FailureReason.BUG);

  private final String topic;
  private final MeterRegistry registry;

  DeadLetters(String topic, MeterRegistry registry) {
    this.topic = topic;
    this.registry = registry;
    // A counter that starts at 1 has no increase, and an alert on the increase would miss it.
    REJECTIONS.forEach(reason -> registry.counter(COUNTER, "code", reason.name()));
  }

  boolean contains(ProducerRecord<byte[], byte[]> record) {
    return record.topic().equals(topic);
  }

  ProducerRecord<byte[], byte[]> create(ReceivedMessage message, Rejection rejection) {
    Headers headers = new RecordHeaders(message.headers());
    DeadLetterHeaders.addReason(headers, rejection.reason(), rejection.message());
    DeadLetterHeaders.addOrigin(
        headers, message.topic(), message.partition(), message.offset(), message.timestamp());
    return new ProducerRecord<>(topic, null, message.key(), message.value(), headers);
  }

  /**
   * The dead letter in a size that any broker accepts: the first bytes of the value, with its full
   * length and digest in headers, and of the headers only Firesteel's own. A value that was already
   * truncated is dropped.
   */
  ProducerRecord<byte[], byte[]> truncate(ProducerRecord<byte[], byte[]> letter) {
    Headers headers = new RecordHeaders(DeadLetterHeaders.own(letter.headers()));
    byte[] key = letter.key() == null || letter.key().length > MAX_KEY_BYTES ? null : letter.key();
    byte[] value = letter.value();
    if (value == null || TruncatedValue.isDescribedBy(headers)) {
      return new ProducerRecord<>(topic, null, key, null, headers);
    }
    TruncatedValue cut = TruncatedValue.of(value);
    cut.describe(headers);
    return new ProducerRecord<>(topic, null, key, cut.beginning(), headers);
  }

  /** Counts a record that Kafka acknowledged, if it is a dead letter. */
  void count(ProducerRecord<byte[], byte[]> record) {
    Header code = record.headers().lastHeader(DeadLetterHeaders.REASON_CODE);
    if (code != null) {
      registry.counter(COUNTER, "code", new String(code.value(), UTF_8)).increment();
    }
  }
}
