package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateRequestTest {

  private static final Definitions EXAMPLES = SampleDefinitions.examples();

  @Test
  void fillsPlaceholdersWithTheTypesOfTheirValues() {
    JsonNode spec = spec("{'day':'2026-03-01','executors':4,'regions':['eu','us'],'mode':'fast'}");

    assertThat(spec.at("/executor/instances").isInt()).isTrue();
    assertThat(spec.at("/executor/instances").intValue()).isEqualTo(4);
    assertThat(spec.get("arguments").toString())
        .isEqualTo(
            "[\"--input=s3a://sales/2026/03/2026-03-01.csv\",\"--mode=fast\",\"--job=j-1\",\"eu\",\"us\"]");
  }

  @Test
  void usesDefaultsForWhatIsNotGiven() {
    JsonNode spec = spec("{'day':'2026-03-01'}");

    assertThat(spec.at("/executor/instances").intValue()).isEqualTo(2);
    assertThat(spec.at("/arguments/3").textValue()).isEqualTo("eu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/parameters/day: is missing; it must be a date such as 2026-03-01",
        "{'day':'2026-02-30'}|/parameters/day: must be a date such as 2026-03-01, is \"2026-02-30\"",
        "{'day':'2026-03-01','executors':'4'}|/parameters/executors: must be an integer from 1 to 20, is \"4\"",
        "{'day':'2026-03-01','executors':21}|/parameters/executors: must be an integer from 1 to 20, is 21",
        "{'day':'2026-03-01','regions':['EU']}|/parameters/regions: must be an array of strings that matches [a-z]{2}, is an array",
        "{'day':'2026-03-01','mode':'slow'}|/parameters/mode: must be one of fast, exact, is \"slow\"",
        "{'dayy':'2026-03-01','day':'2026-03-01'}|/parameters/dayy: is not a parameter of the template; did you mean day?",
      })
  void namesTheParameterThatIsWrong(String parameters, String text) {
    assertThat(decide("sales", "daily-totals", parameters))
        .isInstanceOfSatisfying(
            Decision.Reject.class,
            refused ->
                assertThat(refused.rejection())
                    .extracting(Rejection::reason, Rejection::message)
                    .containsExactly(FailureReason.PARAMETER_INVALID, text));
  }

  @Test
  void hidesATemplateFromOtherTenants() {
    assertThat(decide("risk", "daily-totals", "{'day':'2026-03-01'}"))
        .isInstanceOfSatisfying(
            Decision.Reject.class,
            refused ->
                assertThat(refused.rejection().message())
                    .isEqualTo(
                        "template daily-totals is not defined or does not allow tenant risk"));
  }

  @Test
  void doesNotExpandWhatAValueBringsAlong() {
    assertThat(spec("{'day':'2026-03-01','regions':[]}").get("arguments")).hasSize(3);
    assertThat(decide("sales", "daily-totals", "{'day':'{{mode}}'}"))
        .isInstanceOf(Decision.Reject.class);
  }

  private static JsonNode spec(String parameters) {
    Decision decision = decide("sales", "daily-totals", parameters);
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    return ((InboxMessage.JobSubmitted) ((Decision.Accept) decision).message()).job().spec();
  }

  private static Decision decide(String tenant, String template, String parameters) {
    String request =
        "{'tenant':'%s','jobId':'j-1','template':'%s','parameters':%s}"
            .formatted(tenant, template, parameters)
            .replace('\'', '"');
    return SampleMessages.HANDLER.decide(SampleMessages.plain(request), EXAMPLES);
  }
}
