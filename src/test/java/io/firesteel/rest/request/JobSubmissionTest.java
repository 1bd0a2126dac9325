package io.firesteel.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.intake.decision.MessageHandler;
import io.firesteel.intake.request.Envelope;
import io.firesteel.intake.request.EnvelopeReader;
import io.firesteel.intake.request.EnvelopeResult;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.job.TemplateUse;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.ValidationError;
import io.firesteel.rest.problem.Problem;
import io.firesteel.rest.request.JobSubmission.Outcome;
import io.firesteel.rest.request.JobSubmission.Submitted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a body that somebody submits, and of a request that is run again. */
final class JobSubmissionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Definitions DEFINITIONS = SampleDefinitions.examples();
  private static final String TEMPLATE =
      "{\"template\":\"daily-totals\",\"parameters\":{\"day\":\"2026-03-01\"}}";

  private final JobSubmission submission =
      new JobSubmission(new MessageHandler("requests", 1 << 20), "requests");

  @Test
  void aTemplateIsSubmittedUnderTheIdInThePath() {
    Outcome.Valid valid = valid(TEMPLATE, "totals");

    assertThat(valid.job().key()).hasToString("sales/totals");
    assertThat(valid.job().template())
        .isEqualTo(new TemplateUse("daily-totals", Map.of("day", json("\"2026-03-01\""))));
    assertThat(valid.job().origin().principal()).isEqualTo("ann");
    assertThat(valid.message().key()).isEqualTo("sales/totals");
  }

  @Test
  void theSameBodyHasTheSameRequestIdInWhateverOrderItsFieldsAre() {
    String turned = "{\"parameters\":{\"day\":\"2026-03-01\"}, \"template\":\"daily-totals\"}";
    String other = TEMPLATE.replace("03-01", "03-02");

    assertThat(valid(turned, "x").requestId()).isEqualTo(valid(TEMPLATE, "x").requestId());
    assertThat(valid(other, "x").requestId()).isNotEqualTo(valid(TEMPLATE, "x").requestId());
    assertThat(valid(TEMPLATE, "y").requestId()).isNotEqualTo(valid(TEMPLATE, "x").requestId());
  }

  @Test
  void anIdempotencyKeyLeadsToTheSameJob() {
    Submitted again = new Submitted("sales", null, "key-1", "/rest", "ann", null);
    var first = (Outcome.Valid) submission.decide(json(TEMPLATE), again, DEFINITIONS, NOW);
    var second = (Outcome.Valid) submission.decide(json(TEMPLATE), again, DEFINITIONS, NOW);

    assertThat(first.job().key()).isEqualTo(second.job().key());
    assertThat(first.job().key().id()).startsWith("daily-totals-");
  }

  @Test
  void errorsPointIntoTheBody() {
    Rejection rejection =
        invalid(
            """
            {"spec":{"type":"Java","sparkVersion":"4.1.1","image":"spark:4.1.1",
             "mainClass":"A","mainApplicationFile":"local:///a.jar",
             "driver":{"cores":0},"executor":{"cores":1}}, "priority":"high"}
            """,
            "x");

    assertThat(rejection.reason()).isEqualTo(FailureReason.REQUEST_INVALID);
    assertThat(rejection.errors()).extracting(ValidationError::pointer).contains("/priority");
    assertThat(Problem.of(rejection).status()).isEqualTo(422);
    assertThat(Problem.of(rejection).errors()).isNotEmpty();
  }

  @Test
  void aParameterThatIsNotOneOfTheTemplateIsNamed() {
    Rejection rejection = invalid(TEMPLATE.replace("\"day\"", "\"dey\""), "x");

    assertThat(rejection.reason()).isEqualTo(FailureReason.PARAMETER_INVALID);
    assertThat(rejection.errors())
        .extracting(ValidationError::pointer)
        .contains("/parameters/day", "/parameters/dey");
    assertThat(rejection.message()).contains("did you mean day?");
  }

  @Test
  void anIdOrATenantOtherThanThePathsIsRefused() {
    assertThat(invalid("{\"jobId\":\"other\",\"template\":\"daily-totals\"}", "x").errors())
        .extracting(ValidationError::pointer)
        .containsExactly("/jobId");
    assertThat(invalid("{\"tenant\":\"risk\",\"template\":\"daily-totals\"}", "x").errors())
        .extracting(ValidationError::pointer)
        .containsExactly("/tenant");
    assertThat(invalid("[]", "x").reason()).isEqualTo(FailureReason.REQUEST_INVALID);
  }

  @Test
  void aManifestGetsTenantAndIdAsAnnotations() throws InvalidJsonException {
    JsonNode manifest =
        JobSubmission.read(
            """
            apiVersion: sparkoperator.k8s.io/v1beta2
            kind: SparkApplication
            metadata: {name: pi}
            spec:
              type: Java
              sparkVersion: 4.1.1
              image: spark:4.1.1
              mainClass: A
              mainApplicationFile: local:///a.jar
              driver: {cores: 1}
              executor: {cores: 1}
            """
                .getBytes(StandardCharsets.UTF_8),
            "application/yaml");
    Outcome outcome = submission.decide(manifest, by("pi-7"), DEFINITIONS, NOW);

    assertThat(outcome).isInstanceOf(Outcome.Valid.class);
    assertThat(((Outcome.Valid) outcome).job().key()).hasToString("sales/pi-7");
  }

  @Test
  void yamlThatIsNotOneDocumentIsRefusedWithItsReason() {
    assertThatThrownBy(() ->
            JobSubmission.read("a: 1\n---\nb: 2".getBytes(StandardCharsets.UTF_8), "text/yaml"))
        .hasMessageContaining("2 YAML documents");
  }

  @Test
  void aReRunLeavesOutWhatWasAboutTheFirstRun() {
    JsonNode request =
        json(
            """
            {"jobId":"totals","tenant":"sales","type":"io.firesteel.job.request.v1",
             "template":"daily-totals","parameters":{"day":"2026-03-01"},
             "dependsOn":["import"],"notBefore":"2026-03-02T01:00:00Z",
             "deadline":{"startBy":"2026-03-02T06:00:00Z","runWithin":"2h"}}
            """);
    var message =
        new RequestMessage("sales/totals", JsonCodec.write(request)).received("requests", NOW);
    Envelope envelope = ((EnvelopeResult.ValidEnvelope) EnvelopeReader.read(message)).envelope();

    JsonNode again = Rerun.request(envelope, Map.of("day", json("\"2026-03-05\"")), 7);

    assertThat(again)
        .isEqualTo(
            json(
                """
                {"tenant":"sales","template":"daily-totals","parameters":{"day":"2026-03-05"},
                 "deadline":{"runWithin":"2h"},"priority":7}
                """));
    assertThat(submission.decide(again, by("totals-rerun-1"), DEFINITIONS, NOW))
        .isInstanceOf(Outcome.Valid.class);
  }

  private Outcome.Valid valid(String body, String id) {
    return (Outcome.Valid) submission.decide(json(body), by(id), DEFINITIONS, NOW);
  }

  private Rejection invalid(String body, String id) {
    return ((Outcome.Invalid) submission.decide(json(body), by(id), DEFINITIONS, NOW)).rejection();
  }

  private static Submitted by(@Nullable String id) {
    return new Submitted("sales", id, null, RequestMessage.source("sales"), "ann", null);
  }

  private static JsonNode json(String text) {
    return JsonCodec.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
