package io.firesteel.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.FailureReason;
import io.firesteel.kafka.DeadLetterHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class DeadLetterRedriveTest {

  @Test
  void sendsTheKeyTheValueAndTheHeadersOfTheOriginal() {
    var message =
        DeadLetterHeaders.original(letter(Map.of("ce_id", "a,b:c", "content-type", "x")))
            .orElseThrow();

    assertThat(message.topic()).isEqualTo("spark-job-requests.acme");
    assertThat(message.partition()).isNull();
    assertThat(message.key()).isEqualTo("key\t".getBytes(UTF_8));
    assertThat(message.value()).isEqualTo("{\n}".getBytes(UTF_8));
    assertThat(texts(message.headers()))
        .isEqualTo(Map.of("ce_id", "a,b:c", "content-type", "x", "message-id", "3:42"));
  }

  @Test
  void aMessageThatWasRefusedTwiceKeepsItsFirstIdentity() {
    assertThat(
            texts(
                DeadLetterHeaders.original(letter(Map.of("message-id", "1:7")))
                    .orElseThrow()
                    .headers()))
        .isEqualTo(Map.of("message-id", "1:7"));
  }

  @Test
  void doesNotSendTheBeginningOfAMessage() {
    assertThat(DeadLetterHeaders.original(letter(Map.of("firesteel-cut-from-bytes", "1000000"))))
        .isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> letter(Map<String, String> own) {
    Headers headers = new RecordHeaders();
    DeadLetterHeaders.addReason(headers, FailureReason.TENANT_UNKNOWN, "is not defined, acme");
    own.forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    DeadLetterHeaders.addOrigin(headers, "spark-job-requests.acme", 3, 42, Instant.EPOCH);
    return new ConsumerRecord<>(
        "spark-job-dead-letters",
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        4,
        3,
        "key\t".getBytes(UTF_8),
        "{\n}".getBytes(UTF_8),
        headers,
        java.util.Optional.empty());
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new TreeMap<>();
    headers.forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
    return texts;
  }
}
