package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.ask.Ask;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Requester;
import io.firesteel.json.JsonCodec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AskHandlerTest {

  private static final Definitions EXAMPLES = SampleDefinitions.examples();
  private static final Instant AT = Instant.parse("2026-03-01T01:00:00Z");
  private static final Requester NIGHTLY = new Requester.ScheduledRun("nightly", AT);

  @Test
  void rendersTheTemplateUnderTheIdThatTheAskNames() {
    Job job = job(ask("sales", "{'template':'daily-totals','parameters':{'day':'2026-02-28'}}"));

    assertThat(job.key()).isEqualTo(new JobKey("sales", "s-nightly-1"));
    assertThat(job.spec().at("/arguments/2").asText()).isEqualTo("--job=s-nightly-1");
    assertThat(job.origin().requester()).isEqualTo(NIGHTLY);
    assertThat(job.origin().source()).isEqualTo("/schedules/nightly");
    assertThat(job.origin().record()).isNotNull();
  }

  @Test
  void convertsTextsToTheTypesOfTheirParameters() {
    Job job =
        job(
            ask(
                "sales",
                "{'template':'daily-totals','parameters':{'day':'2026-02-28','executors':'4'}}"));

    assertThat(job.spec().at("/executor/instances").intValue()).isEqualTo(4);
  }

  @Test
  void tellsTheDriverForWhichTimeItRuns() {
    Job job = job(ask("sales", "{'spec':%s}".formatted(SampleMessages.SPEC)));

    assertThat(job.spec().at("/driver/env").toString())
        .isEqualTo(
            "[{\"name\":\"FIRESTEEL_SCHEDULE\",\"value\":\"nightly\"},"
                + "{\"name\":\"FIRESTEEL_SCHEDULED_AT\",\"value\":\"2026-03-01T01:00:00Z\"}]");
  }

  @Test
  void leavesAVariableThatTheDriverSetsItself() {
    String spec =
        SampleMessages.SPEC.replace(
            "\"driver\":{",
            "\"driver\":{\"env\":[{\"name\":\"FIRESTEEL_SCHEDULE\",\"value\":\"mine\"}],");
    Job job = job(ask("sales", "{'spec':%s}".formatted(spec)));

    assertThat(job.spec().at("/driver/env")).hasSize(2);
    assertThat(job.spec().at("/driver/env/0/value").asText()).isEqualTo("mine");
  }

  @Test
  void decidesTwiceTheSame() {
    ReceivedMessage ask =
        ask("sales", "{'template':'daily-totals','parameters':{'day':'2026-02-28'}}");

    assertThat(AskHandler.decide(ask, EXAMPLES)).isEqualTo(AskHandler.decide(ask, EXAMPLES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nobody|{'template':'daily-totals'}|TENANT_UNKNOWN|schedules/nightly: tenant nobody is not defined",
        "risk|{'template':'daily-totals'}|TEMPLATE_UNKNOWN|schedules/nightly: template daily-totals is not defined or does not allow tenant risk",
        "sales|{'template':'daily-totals'}|PARAMETER_INVALID|schedules/nightly: /parameters/day: is missing; it must be a date such as 2026-03-01",
        "sales|{'spec':{}}|SPEC_INVALID|schedules/nightly: /spec",
        "sales|{}|REQUEST_INVALID|schedules/nightly: must have either spec or template, has neither",
      })
  void answersUnderTheSameIdWhyAJobIsRefused(
      String tenant, String request, FailureReason reason, String text) {
    assertThat(AskHandler.decide(ask(tenant, request), EXAMPLES))
        .isInstanceOfSatisfying(
            Decision.RejectAsk.class,
            refused -> {
              assertThat(refused.message().key()).isEqualTo(new JobKey(tenant, "s-nightly-1"));
              assertThat(refused.message().origin().requester()).isEqualTo(NIGHTLY);
              assertThat(refused.rejection().reason()).isEqualTo(reason);
              assertThat(refused.rejection().message()).startsWith(text);
            });
  }

  @Test
  void answersAnAskThatHitsABug() {
    var bug = new Rejection(FailureReason.BUG, "internal error");

    assertThat(AskHandler.afterBug(ask("sales", "{}"), bug))
        .isInstanceOfSatisfying(
            Decision.RejectAsk.class,
            refused -> assertThat(refused.message().failure().reason()).isEqualTo("Bug"));
  }

  @Test
  void passesACancellationOn() {
    var key = new JobKey("sales", "s-nightly-1");
    ReceivedMessage ask = message(new Ask.CancellationAsked(key, NIGHTLY, "replaced"));

    assertThat(AskHandler.decide(ask, EXAMPLES))
        .isInstanceOfSatisfying(
            Decision.Accept.class,
            accepted ->
                assertThat(accepted.message())
                    .isInstanceOfSatisfying(
                        InboxMessage.CancelRequested.class,
                        cancel -> {
                          assertThat(cancel.key()).isEqualTo(key);
                          assertThat(cancel.reason()).isEqualTo("replaced");
                        }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"kind\":\"job\"}",
        "{\"kind\":\"other\"}",
        "{\"kind\":\"job\",\"job\":\"x\",\"requester\":null}"
      })
  void movesARecordThatIsNoAskToTheDeadLetters(String value) {
    assertThat(AskHandler.decide(SampleMessages.of("firesteel-asks", Map.of(), value), EXAMPLES))
        .isInstanceOf(Decision.DeadLetter.class);
  }

  private static Job job(ReceivedMessage ask) {
    Decision decision = AskHandler.decide(ask, EXAMPLES);
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    return ((InboxMessage.JobSubmitted) ((Decision.Accept) decision).message()).job();
  }

  private static ReceivedMessage ask(String tenant, String request) {
    JsonNode payload = SampleMessages.json(request.replace('\'', '"'));
    return message(new Ask.JobAsked(new JobKey(tenant, "s-nightly-1"), NIGHTLY, AT, payload));
  }

  private static ReceivedMessage message(Ask ask) {
    return SampleMessages.of("firesteel-asks", Map.of(), JsonCodec.write(ask));
  }
}
