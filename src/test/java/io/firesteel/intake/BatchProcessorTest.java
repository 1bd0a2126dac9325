package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.TenantHome;
import io.firesteel.intake.decision.Decision;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
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
    homes.update("sales", new TenantHome("before", false));
    var records =
        SampleMessages.records(
            SampleMessages.processor(new SimpleMeterRegistry(), homes),
            message,
            it -> List.of(SampleMessages.decide(it)));

    assertThat(records).hasSize(1);
    assertThat(records.getFirst().topic()).isEqualTo("firesteel-inbox");
    assertThat(new String(records.getFirst().key(), UTF_8)).isEqualTo("before");
    assertThat(JsonCodec.read(records.getFirst().value(), InboxMessage.class))
        .isInstanceOf(InboxMessage.JobSubmitted.class);
  }

  @Test
  void answersAnAskThatIsRefusedWithoutADeadLetter() {
    var message = SampleMessages.of("firesteel-asks", Map.of(), "{}");
    var rejection = new Rejection(FailureReason.SPEC_INVALID, "no image");
    var answer =
        new InboxMessage.JobRejected(
            new JobKey("sales", "s-nightly-1"), SampleMessages.origin(), rejection.failure());

    var records =
        SampleMessages.records(message, _ -> List.of(new Decision.RejectAsk(answer, rejection)));

    assertThat(records).extracting(ProducerRecord::topic).containsExactly("firesteel-inbox");
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
  void writesWhatATenantSendsBeyondItsShareToTheBacklogExceptForSuspensions() {
    BatchProcessor processor =
        SampleMessages.processor(new SimpleMeterRegistry(), new TenantShares(2, 1, () -> 0));
    String job = "{\"tenant\":\"sales\",\"spec\":" + SampleMessages.SPEC + "}";
    String refused = "{\"tenant\":\"sales\"}";
    String suspension = "{\"type\":\"io.firesteel.tenant.suspend.v1\",\"tenant\":\"sales\"}";
    String neighbour = job.replace("sales", "risk");

    List<String> topics =
        Stream.of(job, job, job, refused, suspension, neighbour)
            .map(SampleMessages::plain)
            .flatMap(message ->
                SampleMessages.records(processor, message, m -> List.of(SampleMessages.decide(m)))
                    .stream())
            .map(ProducerRecord::topic)
            .toList();

    assertThat(topics)
        .containsExactly(
            "firesteel-inbox",
            "firesteel-inbox",
            "firesteel-backlog",
            "firesteel-backlog",
            "dead",
            "firesteel-inbox",
            "firesteel-inbox");
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
  void makesNoDeadLetterOfAMessageThatAStoppingWorkerCannotHandle() {
    var registry = new SimpleMeterRegistry();
    BatchProcessor stopping =
        SampleMessages.processor(
            registry, new TenantHomes(), new TenantShares(1, 1, () -> 0), () -> true);

    assertThatThrownBy(() ->
            stopping.records(
                SampleMessages.plain("{}"),
                _ -> {
                  throw new IllegalStateException("the container is closed");
                }))
        .isInstanceOf(InterruptedException.class);
    assertThat(registry.find(IntakeMetrics.DECISIONS).counters()).isEmpty();
  }

  @Test
  void countsByOutcomeAndReason() {
    var registry = new SimpleMeterRegistry();
    BatchProcessor processor = SampleMessages.processor(registry);
    Stream.of(
            "{\"tenant\":\"sales\",\"spec\":" + SampleMessages.SPEC + "}",
            "{\"tenant\":\"sales\",\"spec\":{}}",
            "{\"tenant\":\"nobody\",\"spec\":{}}",
            "{")
        .forEach(json ->
            SampleMessages.records(
                processor, SampleMessages.plain(json), m -> List.of(SampleMessages.decide(m))));

    assertThat(
            registry.find(IntakeMetrics.DECISIONS).counters().stream()
                .map(counter ->
                    counter.getId().getTag("outcome")
                        + " "
                        + counter.getId().getTag("code")
                        + " "
                        + counter.count()))
        .containsExactlyInAnyOrder(
            "accepted none 1.0",
            "refused SPEC_INVALID 1.0",
            "refused TENANT_UNKNOWN 1.0",
            "dead-letter MESSAGE_UNREADABLE 1.0");
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    var headers = new TreeMap<String, String>();
    record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }
}
