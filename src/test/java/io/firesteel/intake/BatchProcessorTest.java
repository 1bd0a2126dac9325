package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.TenantHome;
import io.firesteel.json.JsonCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class BatchProcessorTest {

  @Test
  void writesAnAcceptedJobUnderTheCohortThatItsTenantIsIn() {
    var message =
        SampleMessages.plain("{\"tenant\":\"sales\",\"spec\":" + SampleMessages.SPEC + "}");
    var homes = new TenantHomes();
    homes.moved("sales", new TenantHome("before"));
    var records =
        SampleMessages.processor(new SimpleMeterRegistry(), homes)
            .records(message, it -> List.of(SampleMessages.decide(it)));

    assertThat(records).hasSize(1);
    assertThat(records.getFirst().topic()).isEqualTo("firesteel-inbox");
    assertThat(new String(records.getFirst().key(), UTF_8)).isEqualTo("before");
    assertThat(JsonCodec.read(records.getFirst().value(), InboxMessage.class))
        .isInstanceOf(InboxMessage.JobSubmitted.class);
  }

  @Test
  void writesUnderTheTenantsOwnNameUntilItIsKnownToHaveMoved() {
    var records = SampleMessages.records(SampleMessages.plain("{\"tenant\":\"sales\"}"));

    assertThat(new String(records.getFirst().key(), UTF_8)).isEqualTo("sales");
  }

  @Test
  void writesARejectionToTheInboxAndTheDeadLetters() {
    var records = SampleMessages.records(SampleMessages.plain("{\"tenant\":\"nobody\"}"));

    assertThat(records)
        .extracting(ProducerRecord::topic)
        .containsExactly("firesteel-inbox", "dead");
  }

  @Test
  void keepsTheMessageAndAddsTheReasonToADeadLetter() {
    var message =
        SampleMessages.of(SampleMessages.TOPIC, Map.of("a", "b", "firesteel-reason", "old"), "{");

    var letter = SampleMessages.records(message).getFirst();

    assertThat(letter.value()).isEqualTo(message.value());
    assertThat(letter.key()).isEqualTo(message.key());
    assertThat(headers(letter))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "a", "b",
                "firesteel-reason-code", "MESSAGE_UNREADABLE",
                "firesteel-reason", "the message is not valid JSON at line 1, column 2",
                "firesteel-origin-topic", "spark-job-requests",
                "firesteel-origin-partition", "3",
                "firesteel-origin-offset", "42",
                "firesteel-origin-timestamp", "2026-03-01T12:00:00Z"));
  }

  @Test
  void movesAMessageThatHitsABugToTheDeadLetters() {
    var letter =
        SampleMessages.records(
                SampleMessages.plain("{}"),
                _ -> {
                  throw new IllegalStateException("secret");
                })
            .getFirst();

    assertThat(headers(letter)).containsEntry("firesteel-reason-code", "BUG");
    assertThat(headers(letter).get("firesteel-reason")).doesNotContain("secret");
  }

  @Test
  void countsByTenantAndReasonAndNoUndefinedTenants() {
    var registry = new SimpleMeterRegistry();
    BatchProcessor processor = SampleMessages.processor(registry);
    Stream.of(
            "{\"tenant\":\"sales\",\"spec\":" + SampleMessages.SPEC + "}",
            "{\"tenant\":\"sales\",\"spec\":{}}",
            "{\"tenant\":\"nobody\",\"spec\":{}}",
            "{")
        .forEach(json ->
            processor.records(SampleMessages.plain(json), m -> List.of(SampleMessages.decide(m))));

    assertThat(
            registry.find(IntakeMetrics.DECISIONS).counters().stream()
                .map(counter ->
                    counter.getId().getTag("tenant")
                        + " "
                        + counter.getId().getTag("outcome")
                        + " "
                        + counter.getId().getTag("code")
                        + " "
                        + counter.count()))
        .containsExactlyInAnyOrder(
            "sales accepted none 1.0",
            "sales refused SPEC_INVALID 1.0",
            "unknown refused TENANT_UNKNOWN 1.0",
            "unknown dead-letter MESSAGE_UNREADABLE 1.0");
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    var headers = new TreeMap<String, String>();
    record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }
}
