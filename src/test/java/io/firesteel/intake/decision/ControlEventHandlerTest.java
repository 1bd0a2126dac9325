package io.firesteel.intake.decision;

import static io.firesteel.intake.SampleMessages.decide;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.schema.Mutations;
import io.firesteel.schema.Schemas;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlEventHandlerTest {

  private static final List<String> KINDS =
      List.of("job-cancel", "job-priority", "tenant-suspend", "tenant-resume");

  @Test
  void passesOnACancellation() {
    var message =
        accepted("{\"type\":\"io.firesteel.job.cancel.v1\",\"tenant\":\"sales\",\"jobId\":\"a\"}");

    assertThat(message)
        .isInstanceOfSatisfying(
            InboxMessage.CancelRequested.class,
            cancel -> assertThat(cancel.key()).isEqualTo(new JobKey("sales", "a")));
  }

  @Test
  void takesTheTenantOfACancellationFromItsTopic() {
    var message =
        SampleMessages.of(
            "spark-job-requests.risk",
            Map.of(),
            "{\"type\":\"io.firesteel.job.cancel.v1\",\"jobId\":\"a\"}");

    assertThat(decide(message))
        .isInstanceOfSatisfying(
            Decision.Accept.class,
            accept -> assertThat(accept.message().tenant()).isEqualTo("risk"));
  }

  @ParameterizedTest
  @CsvSource({
    "job-cancel,CancelRequested",
    "job-priority,PriorityChanged",
    "tenant-suspend,TenantSuspended",
    "tenant-resume,TenantResumed"
  })
  void readsTheExamples(String kind, String message) {
    assertThat(Schemas.problems(kind + ".v1.json", example(kind))).isEmpty();
    assertThat(decide(event(kind, example(kind))))
        .isInstanceOfSatisfying(
            Decision.Accept.class,
            accept -> assertThat(accept.message().getClass().getSimpleName()).isEqualTo(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "job.cancel|{\"tenant\":\"sales\"}|REQUEST_INVALID",
        "job.cancel|{\"jobId\":\"a\"}|TENANT_MISSING",
        "job.cancel|{\"tenant\":\"nobody\",\"jobId\":\"a\"}|TENANT_UNKNOWN",
        "job.priority|{\"tenant\":\"sales\",\"jobId\":\"a\",\"priority\":\"1\"}|REQUEST_INVALID",
        "tenant.suspend|{\"tenant\":\"sales\",\"why\":\"x\"}|REQUEST_INVALID",
        "tenant.stop|{\"tenant\":\"sales\"}|EVENT_TYPE_UNKNOWN",
      })
  void deadLettersAWrongOne(String type, String data, FailureReason code) {
    String json = data.replaceFirst("\\{", "{\"type\":\"io.firesteel." + type + ".v1\",");

    assertThat(decide(SampleMessages.plain(json)))
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter -> assertThat(letter.rejection().reason()).isEqualTo(code));
  }

  @Test
  void doesNotLetATenantResumeItself() {
    var message =
        SampleMessages.of(
            "spark-job-requests.risk",
            Map.of(),
            "{\"type\":\"io.firesteel.tenant.resume.v1\",\"tenant\":\"risk\"}");

    assertThat(decide(message))
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter ->
                assertThat(letter.rejection().reason()).isEqualTo(FailureReason.POLICY_DENIED));
  }

  @Property(tries = 1000)
  void theReaderAcceptsWhatTheSchemaAccepts(
      @ForAll int number, @ForAll(supplier = Mutations.Any.class) Mutations mutations) {
    String kind = KINDS.get(Math.floorMod(number, KINDS.size()));
    JsonNode mutated = mutations.mutate(example(kind));

    boolean bySchema = Schemas.problems(kind + ".v1.json", mutated).isEmpty();
    boolean byReader =
        switch (decide(event(kind, mutated))) {
          case Decision.DeadLetter(Rejection rejection) ->
              rejection.reason() == FailureReason.TENANT_UNKNOWN
                  || (rejection.reason() == FailureReason.TENANT_MISSING && kind.startsWith("job"));
          default -> true;
        };

    assertThat(byReader).as(mutated.toString()).isEqualTo(bySchema);
  }

  private static JsonNode example(String kind) {
    return Schemas.read("examples/" + kind + ".v1.json");
  }

  private static ReceivedMessage event(String kind, JsonNode data) {
    return SampleMessages.structured(
        "{\"specversion\":\"1.0\",\"id\":\"c\",\"source\":\"/ops\",\"type\":\"io.firesteel.%s.v1\",\"data\":%s}"
            .formatted(kind.replace('-', '.'), data));
  }

  private static InboxMessage accepted(String json) {
    assertThat(decide(SampleMessages.plain(json))).isInstanceOf(Decision.Accept.class);
    return ((Decision.Accept) decide(SampleMessages.plain(json))).message();
  }
}
