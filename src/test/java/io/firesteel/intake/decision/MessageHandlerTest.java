package io.firesteel.intake.decision;

import static io.firesteel.intake.SampleMessages.SPEC;
import static io.firesteel.intake.SampleMessages.decide;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.job.Dependency;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageHandlerTest {

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "specversion", "1.0",
          "id", "e-1",
          "source", "/shop",
          "type", "io.firesteel.job.request.v1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark-job-requests | {\"tenant\":\"sales\",\"spec\":1} | sales",
        "spark-job-requests.sales | {\"tenant\":\"risk\"} | sales",
        "spark-job-requests | {\"type\":\"io.firesteel.job.cancel.v1\",\"tenant\":\"sales\"} | sales",
        "spark-job-requests | {\"type\":\"io.firesteel.schedule.run.v1\",\"tenant\":\"sales\"} | sales",
        "spark-job-requests | {\"kind\":\"SparkApplication\",\"apiVersion\":\"sparkoperator.k8s.io/v1beta2\",\"metadata\":{\"annotations\":{\"firesteel.io/tenant\":\"sales\"}}} | sales",
        "spark-job-requests | {\"type\":\"io.firesteel.tenant.suspend.v1\",\"tenant\":\"sales\"} | ",
        "spark-job-requests.sales | {\"type\":\"io.firesteel.tenant.resume.v1\"} | ",
        "spark-job-requests | {\"spec\":{}} | ",
        "spark-job-requests | {\"tenant\":\"No Label\"} | ",
        "spark-job-requests | no JSON | "
      })
  void tellsAgainstWhoseShareAMessageCounts(String topic, String value, @Nullable String tenant) {
    assertThat(SampleMessages.HANDLER.sender(SampleMessages.of(topic, Map.of(), value)))
        .isEqualTo(Optional.ofNullable(tenant));
  }

  @Test
  void readsPlainJson() {
    Job job =
        accepted(
            SampleMessages.plain(
                "{\"tenant\":\"sales\",\"jobId\":\"daily\",\"spec\":" + SPEC + "}"));

    assertThat(job.key()).isEqualTo(new JobKey("sales", "daily"));
    assertThat(job.cohort()).isEqualTo("shop");
    assertThat(job.placement().namespace()).isEqualTo("sales-jobs");
    assertThat(job.priority()).isEqualTo(7);
    assertThat(job.origin().source()).isEqualTo("/topics/spark-job-requests");
    assertThat(job.origin().id()).isEqualTo("daily");
    assertThat(job.spec().path("mainClass").asText()).isEqualTo("com.example.Sum");
  }

  @Test
  void knowsAPlainRequestWithoutAnyIdByItsPlaceInKafka() {
    Job job = accepted(SampleMessages.plain("{\"tenant\":\"sales\",\"spec\":" + SPEC + "}"));

    assertThat(job.origin().id()).isEqualTo("3:42");
    assertThat(job.origin().record()).hasToString("spark-job-requests-3@42");
    assertThat(job.key().id()).matches("j-[0-9a-f]{20}");
  }

  @Test
  void warnsOfWhatChangesNothing() {
    String unused = SPEC.replaceFirst("\\{", "{\"failureRetries\":3,");

    assertThat(
            accepted(SampleMessages.plain("{\"tenant\":\"sales\",\"spec\":" + unused + "}"))
                .warnings())
        .containsExactly(
            Warning.ignored(
                "/spec/failureRetries", "the operator does not read it either; use restartPolicy"));
    assertThat(
            accepted(SampleMessages.plain("{\"tenant\":\"sales\",\"spec\":" + SPEC + "}"))
                .warnings())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3.0.0, 3.0", "3.1.1, 3.1", "3.3.4, 3.3"})
  void runsAnUntestedVersionOfSparkWithAWarning(String version, String line) {
    assertThat(accepted(withVersion(version)).warnings())
        .containsExactly(
            new Warning(
                "SparkVersionUntested",
                "/spec/sparkVersion",
                "Spark %s is not tested; its driver is built by the rules of Spark 3.4. Use 3.4 or later"
                    .formatted(line)));
    assertThat(accepted(withVersion("3.4.2")).warnings()).isEmpty();
  }

  private static ReceivedMessage withVersion(String version) {
    String spec = SPEC.replace("4.1.1", version);
    return SampleMessages.plain("{\"tenant\":\"sales\",\"spec\":" + spec + "}");
  }

  @Test
  void warnsOfTheNamespaceOfAManifestThatIsNotTheTenants() {
    String manifest =
        """
        {"apiVersion":"sparkoperator.k8s.io/v1beta2","kind":"SparkApplication",
         "metadata":{"name":"x","namespace":"%s","annotations":{"firesteel.io/tenant":"sales"}},"spec":%s}\
        """;

    assertThat(accepted(SampleMessages.plain(manifest.formatted("default", SPEC))).warnings())
        .extracting(Warning::field)
        .containsExactly("/metadata/namespace");
    assertThat(accepted(SampleMessages.plain(manifest.formatted("sales-jobs", SPEC))).warnings())
        .isEmpty();
  }

  @Test
  void readsAStructuredCloudEventByItsContentTypeOrItsSpecversion() {
    String event =
        """
        {"specversion":"1.0","id":"e-1","source":"/shop","type":"io.firesteel.job.request.v1",
         "correlationid":"order-9","expirytime":"2026-03-02T00:00:00Z",
         "data":{"tenant":"sales","spec":%s}}\
        """
            .formatted(SPEC);

    Job job = accepted(SampleMessages.structured(event));

    assertThat(job).isEqualTo(accepted(SampleMessages.plain(event)));
    assertThat(job.origin().correlationId()).isEqualTo("order-9");
    assertThat(job.deadlines().startBy()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
  }

  @Test
  void readsABinaryCloudEventAsTheSameJobAsAStructuredOne() {
    String data = "{\"tenant\":\"sales\",\"spec\":" + SPEC + "}";
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/shop\",\"type\":\"io.firesteel.job.request.v1\",\"data\":"
            + data
            + "}";

    assertThat(accepted(SampleMessages.binary(ATTRIBUTES, data)))
        .isEqualTo(accepted(SampleMessages.structured(event)));
  }

  @Test
  void readsEveryField() {
    Job job =
        accepted(
            SampleMessages.plain(
                """
                {"tenant":"sales","id":"r-1","source":"/shop","correlationId":"c-1","priority":-3,
                 "notBefore":"2026-03-01T13:00:00+01:00",
                 "deadline":{"startBy":"2026-03-01T14:00:00Z","startWithin":"10m","runWithin":"2h",
                             "finishBy":"2026-03-01T18:00:00Z"},
                 "dependsOn":["a",{"jobId":"b","condition":"failure"}],
                 "labels":{"team":"ops","example.com/cost":"42"},
                 "correlation":{"order":1.10},"spec":%s}\
                """
                    .formatted(SPEC)));

    assertThat(job.priority()).isEqualTo(-3);
    assertThat(job.notBefore()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(job.deadlines().startWithin()).isEqualTo(Duration.ofMinutes(10));
    assertThat(job.deadlines().runWithin()).isEqualTo(Duration.ofHours(2));
    assertThat(job.dependsOn())
        .containsExactly(
            new Dependency("a", Dependency.Condition.SUCCESS),
            new Dependency("b", Dependency.Condition.FAILURE));
    assertThat(job.labels()).containsEntry("example.com/cost", "42");
    assertThat(String.valueOf(job.origin().correlation())).isEqualTo("{\"order\":1.10}");
    assertThat(job.origin().correlationId()).isEqualTo("c-1");
  }

  @Test
  void readsAWholeManifest() {
    Job job =
        accepted(
            SampleMessages.of(
                "spark-job-requests.sales",
                Map.of(),
                """
                {"apiVersion":"sparkoperator.k8s.io/v1beta2","kind":"SparkApplication",
                 "metadata":{"name":"spark-pi","namespace":"default","labels":{"app":"pi"},
                             "annotations":{"firesteel.io/job-id":"pi-1"}},
                 "spec":%s}\
                """
                    .formatted(SPEC)));

    assertThat(job.key()).isEqualTo(new JobKey("sales", "pi-1"));
    assertThat(job.placement().namespace()).isEqualTo("sales-jobs");
    assertThat(job.labels()).containsExactly(Map.entry("app", "pi"));
  }

  @Test
  void letsTheTopicDecideTheTenant() {
    var message =
        SampleMessages.of(
            "spark-job-requests.risk", Map.of(), "{\"jobId\":\"x\",\"spec\":" + SPEC + "}");

    assertThat(accepted(message).key()).isEqualTo(new JobKey("risk", "x"));
  }

  @Test
  void refusesARequestThatNamesAnotherTenantThanItsTopic() {
    var refused =
        refused(
            SampleMessages.of(
                "spark-job-requests.risk", Map.of(), "{\"tenant\":\"sales\",\"spec\":{}}"));

    assertThat(refused.rejection().reason()).isEqualTo(FailureReason.TENANT_MISMATCH);
    assertThat(refused.message().key().tenant()).isEqualTo("risk");
  }

  @Test
  void answersTheSenderOfAnUnknownTenant() {
    var refused =
        refused(SampleMessages.plain("{\"tenant\":\"slaes\",\"jobId\":\"x\",\"spec\":{}}"));

    assertThat(refused.message().key()).isEqualTo(new JobKey("slaes", "x"));
    assertThat(refused.message().failure().reason()).isEqualTo("TenantUnknown");
    assertThat(refused.rejection().message())
        .isEqualTo("tenant slaes is not defined; did you mean sales?");
  }

  @Test
  void answersWithTheCorrelationData() {
    var refused =
        refused(SampleMessages.plain("{\"tenant\":\"nobody\",\"correlation\":[1],\"spec\":{}}"));

    assertThat(String.valueOf(refused.message().origin().correlation())).isEqualTo("[1]");
  }

  @Test
  void tellsTheSenderOfAMessageThatIsTooLarge() {
    String filler = "x".repeat(5 << 20);
    var refused =
        refused(
            SampleMessages.plain(
                "{\"tenant\":\"sales\",\"jobId\":\"big\",\"correlation\":\"" + filler + "\"}"));

    assertThat(refused.rejection().reason()).isEqualTo(FailureReason.MESSAGE_TOO_LARGE);
    assertThat(refused.message().key().id()).isEqualTo("big");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prioritty\":1}|/prioritty: is not a known field; did you mean priority?",
        "{\"priority\":\"high\"}|/priority: must be an integer from -1000000 to 1000000, is \"high\"",
        "{\"priority\":1.5}|/priority: must be an integer from -1000000 to 1000000, is 1.5",
        "{\"jobId\":\"a/b\"}|/jobId: must be 1 to 253 printable characters without '/', is \"a/b\"",
        "{\"jobId\":\"a\\u0007\"}|/jobId: must be 1 to 253 printable characters without '/', is \"a?\"",
        "{\"notBefore\":\"tomorrow\"}|/notBefore: must be an RFC 3339 timestamp such as 2026-01-31T18:00:00Z, is \"tomorrow\"",
        "{\"notBefore\":\"2026-02-30T00:00:00Z\"}|/notBefore: must be an RFC 3339 timestamp such as 2026-01-31T18:00:00Z, is \"2026-02-30T00:00:00Z\"",
        "{\"deadline\":{\"runWithin\":\"5 min\"}}|/deadline/runWithin: must be a duration such as 90s, 15m, 2h or 1d, is \"5 min\"",
        "{\"deadline\":{\"startby\":\"2026-02-01T00:00:00Z\"}}|/deadline/startby: is not a known field; did you mean startBy?",
        "{\"dependsOn\":[\"a\",7]}|/dependsOn/1: must be a job id or an object with jobId, is a number",
        "{\"dependsOn\":[{\"condition\":\"success\"}]}|/dependsOn/0/jobId: is missing; it must be 1 to 253 printable characters without '/'",
        "{\"labels\":{\"spark-role\":\"driver\"}}|/labels/spark-role: the name must be a Kubernetes label name outside spark-* and firesteel.io/",
        "{\"labels\":{\"team\":null}}|/labels/team: must be a Kubernetes label value, is null",
        "{\"template\":\"t\"}|must have either spec or template, has both",
        "{\"parameters\":{}}|/parameters: are allowed only with template",
      })
  void namesTheFieldThatIsWrong(String fields, String text) {
    String request =
        fields.replaceFirst("\\{", "{\"tenant\":\"sales\",\"spec\":{\"type\":\"Java\"},");

    var refused = refused(SampleMessages.plain(request));

    assertThat(refused.rejection().reason()).isEqualTo(FailureReason.REQUEST_INVALID);
    assertThat(refused.rejection().message()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|MESSAGE_EMPTY|the message has no value",
        "{\"a\":|MESSAGE_UNREADABLE|the message is not valid JSON at line 1, column 6",
        "{\"a\":1,\"a\":2}|MESSAGE_UNREADABLE|the message repeats a field at line 1, column 11",
        "[1]|MESSAGE_UNREADABLE|must be an object, is an array",
        "{\"spec\":{}}|TENANT_MISSING|the request names no tenant; add the field tenant, or send it to the tenant's own topic",
        "{\"tenant\":\"A B\",\"spec\":{}}|REQUEST_INVALID|/tenant: must be 1 to 63 lower-case letters, digits and inner hyphens, is \"A B\"",
        "{\"type\":\"io.firesteel.job.reqest.v1\"}|EVENT_TYPE_UNKNOWN|event type io.firesteel.job.reqest.v1 is not supported; did you mean io.firesteel.job.request.v1?",
      })
  void deadLettersMessagesWithoutAKnownJob(String value, FailureReason code, String text) {
    assertThat(decide(SampleMessages.plain(value)))
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter -> {
              assertThat(letter.rejection().reason()).isEqualTo(code);
              assertThat(letter.rejection().message()).isEqualTo(text);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"specversion\":\"1.0\"}",
        "{\"specversion\":\"7\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"time\":\"now\",\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"%\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"a\\u0000b\",\"type\":\"t\",\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"expirytime\":\"x\",\"data\":{}}",
        "[]",
        "\"\""
      })
  void deadLettersACloudEventThatBreaksTheRules(String event) {
    assertThat(decide(SampleMessages.structured(event)))
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter ->
                assertThat(letter.rejection().reason()).isEqualTo(FailureReason.EVENT_INVALID));
  }

  private static Job accepted(ReceivedMessage message) {
    assertThat(decide(message)).isInstanceOf(Decision.Accept.class);
    var accept = (Decision.Accept) decide(message);
    return ((InboxMessage.JobSubmitted) accept.message()).job();
  }

  private static Decision.Reject refused(ReceivedMessage message) {
    assertThat(decide(message)).isInstanceOf(Decision.Reject.class);
    return (Decision.Reject) decide(message);
  }
}
