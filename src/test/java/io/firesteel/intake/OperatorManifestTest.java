package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.definitions.Definitions;
import io.firesteel.job.ErrorCode;
import io.firesteel.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests written for the Spark operator are requests as they are, in YAML. */
final class OperatorManifestTest {

  private static final Path MANIFESTS = Path.of("src/test/resources/operator-manifests");
  private static final String MIGRATED =
      "{\"maxConcurrency\":1,\"allow\":{\"serviceAccounts\":[\"spark-operator-spark\"]}}";

  @ParameterizedTest
  @ValueSource(strings = {"pi.yaml", "volcano.yaml", "pod-template.yaml"})
  void runsAsItIs(String file) throws IOException {
    assertThat(decide(MANIFESTS.resolve(file), MIGRATED)).isInstanceOf(Decision.Accept.class);
  }

  @Test
  void isRefusedWhenTheTenantMayNotUseItsServiceAccount() throws IOException {
    assertThat(decide(MANIFESTS.resolve("pi.yaml"), "{\"maxConcurrency\":1}"))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refused -> {
              assertThat(refused.reason().code()).isEqualTo(ErrorCode.POLICY_DENIED);
              assertThat(refused.reason().text())
                  .contains(
                      "spec/driver/serviceAccount: names a service account that the tenant may not use");
            });
  }

  @Test
  void isNoRequestWhenItIsASchedule() throws IOException {
    assertThat(decide(MANIFESTS.resolve("scheduled.yaml"), MIGRATED))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refused ->
                assertThat(refused.reason().text())
                    .contains("/kind: must be one of SparkApplication"));
  }

  @Test
  void refusesSeveralDocumentsInOneMessage() {
    var message =
        Messages.of(
            "spark-job-requests.acme",
            Map.of("content-type", "application/yaml"),
            "a: 1\n---\nb: 2");

    assertThat(Messages.INTAKE.decide(message, definitions(MIGRATED)))
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter -> assertThat(letter.reason().text()).contains("has 2 YAML documents"));
  }

  private static Decision decide(Path manifest, String tenant) throws IOException {
    return Messages.INTAKE.decide(
        Messages.of(
            "spark-job-requests.acme",
            Map.of("content-type", "application/yaml"),
            Files.readAllBytes(manifest)),
        definitions(tenant));
  }

  private static Definitions definitions(String tenant) {
    return new Definitions(
        Tenants.of(List.of(Messages.tenant("acme", tenant))), Map.of(), Map.of(), List.of());
  }
}
