package io.firesteel.intake.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.definitions.Definitions;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.Rejection;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Spark operator's own examples, as they were in its repository at commit 38082f33, are
 * requests as they are, or say why not.
 */
final class OperatorManifestTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/operator-examples");
  private static final String MIGRATED =
      "{\"maxConcurrency\":1,\"allow\":{\"serviceAccounts\":[\"spark-operator-spark\"]}}";

  /** What is no SparkApplication, or cannot be one: the reason says so. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "spark-pi-scheduled.yaml", "/kind: must be one of SparkApplication",
          "spark-connect.yaml", "must be one of sparkoperator.k8s.io/v1beta2",
          "spark-pi-prometheus.yaml", "is not valid YAML",
          "spark-pi-pod-template.yaml", "has 5 YAML documents; send one document per message");

  static Stream<Path> examples() throws IOException {
    return Files.list(EXAMPLES).filter(file -> file.toString().endsWith(".yaml")).sorted();
  }

  @Test
  void knowsAllOfThem() throws IOException {
    assertThat(examples()).hasSize(15);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runsAsItIsOrIsRefusedWithTheReason(Path file) throws IOException {
    String reason = REFUSED.get(file.getFileName().toString());
    Decision decision = decide(file, MIGRATED);

    if (reason == null) {
      assertThat(decision).isInstanceOf(Decision.Accept.class);
    } else {
      assertThat(reason(decision)).contains(reason);
    }
  }

  /** Its pods have fields of a container, which an API server would not take either. */
  @Test
  void namesTheFieldsThatPodsDoNotHave() throws IOException {
    String[] documents =
        Files.readString(EXAMPLES.resolve("spark-pi-pod-template.yaml")).split("(?m)^---$", -1);

    assertThat(reason(decide(documents[documents.length - 1].getBytes(UTF_8), MIGRATED)))
        .contains("/driver/template/spec/securityContext/capabilities: is not a known field");
  }

  @Test
  void isRefusedWhenTheTenantMayNotUseItsServiceAccount() throws IOException {
    assertThat(reason(decide(EXAMPLES.resolve("spark-pi.yaml"), "{\"maxConcurrency\":1}")))
        .contains(
            "/spec/driver/serviceAccount: service account spark-operator-spark is not allowed;");
  }

  private static String reason(Decision decision) {
    return switch (decision) {
      case Decision.Reject(_, Rejection rejection) -> rejection.message();
      case Decision.DeadLetter(Rejection rejection) -> rejection.message();
      case Decision.Accept _ -> throw new AssertionError("it is accepted");
    };
  }

  @Test
  void refusesSeveralDocumentsInOneMessage() {
    var message =
        SampleMessages.of(
            "spark-job-requests.acme",
            Map.of("content-type", "application/yaml"),
            "a: 1\n---\nb: 2");

    assertThat(SampleMessages.HANDLER.decide(message, definitions(MIGRATED)))
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter -> assertThat(letter.rejection().message()).contains("has 2 YAML documents"));
  }

  private static Decision decide(Path manifest, String tenant) throws IOException {
    return decide(Files.readAllBytes(manifest), tenant);
  }

  private static Decision decide(byte[] manifest, String tenant) {
    return SampleMessages.HANDLER.decide(
        SampleMessages.of(
            "spark-job-requests.acme", Map.of("content-type", "application/yaml"), manifest),
        definitions(tenant));
  }

  private static Definitions definitions(String tenant) {
    return new Definitions(
        Tenants.of(List.of(SampleMessages.tenant("acme", tenant))),
        Map.of(),
        Map.of(),
        Clusters.ONE,
        List.of());
  }
}
