package io.firesteel.intake.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.Job;
import io.firesteel.job.Warning;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Spark operator's own examples, as they were in its repository at commit 38082f33, are
 * requests as they are, or say why not.
 */
final class OperatorManifestTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/operator-examples");
  private static final String PLAIN = "{\"maxConcurrency\":1}";
  private static final String MIGRATED =
      """
      {"maxConcurrency":1,"otherServiceAccounts":"replace",
       "allow":{"schedulers":["volcano","yunikorn","kube-scheduler"],
                "serviceAnnotations":["prometheus.io/*"],"tolerations":["*"]}}\
      """;

  /** What is no SparkApplication, or cannot be one: the reason says so. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "spark-connect.yaml",
          "/kind: must be one of SparkApplication, is \"SparkConnect\"",
          "spark-pi-prometheus.yaml",
          "is not valid YAML",
          "spark-pi-pod-template.yaml",
          "has 5 YAML documents; send one document per message");

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

    if (file.endsWith("spark-pi-scheduled.yaml")) {
      assertThat(decision).isInstanceOf(Decision.AcceptSchedule.class);
    } else if (reason == null) {
      assertThat(decision).isInstanceOf(Decision.Accept.class);
    } else {
      assertThat(reason(decision)).contains(reason);
    }
  }

  /** A tenant with defaults: each refusal names what to set, and nothing else is missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark-pi.yaml|/spec/driver/serviceAccount: service account spark-operator-spark is not allowed for this tenant; allow.serviceAccounts allows none; leave it out, and the job runs under spark (otherServiceAccounts: replace does that for every job)|otherServiceAccounts",
        "spark-pi-volcano.yaml|/spec/batchScheduler: scheduler volcano is not allowed for this tenant; allow.schedulers allows default-scheduler|schedulers",
        "spark-pi-yunikorn.yaml|scheduler yunikorn is not allowed for this tenant; allow.schedulers|schedulers",
        "spark-pi-kube-scheduler.yaml|scheduler kube-scheduler is not allowed for this tenant; allow.schedulers|schedulers",
        "spark-pi-prometheus-servlet.yaml|Service annotation prometheus.io/path is not allowed for this tenant; allow.serviceAnnotations allows none|serviceAnnotations",
      })
  void namesTheSettingThatWouldAllowIt(String file, String reason, String setting)
      throws IOException {
    assertThat(reason(decide(EXAMPLES.resolve(file), PLAIN))).contains(reason);
    assertThat(decide(EXAMPLES.resolve(file), MIGRATED)).isInstanceOf(Decision.Accept.class);
    assertThat(reason(decide(EXAMPLES.resolve(file), without(setting)))).contains(reason);
  }

  private static String without(String setting) {
    var tenant = (ObjectNode) SampleMessages.json(MIGRATED).deepCopy();
    tenant.remove(setting);
    ((ObjectNode) tenant.get("allow")).remove(setting);
    return tenant.toString();
  }

  /** Its pods have fields of a container, which an API server would not take either. */
  @Test
  void namesTheFieldsThatPodsDoNotHave() throws IOException {
    assertThat(reason(decide(podTemplate().getBytes(UTF_8), MIGRATED)))
        .contains("/driver/template/spec/securityContext/capabilities: is not a known field");
  }

  @Test
  void runsThePodTemplateWithoutThoseFields() throws IOException {
    String manifest =
        podTemplate()
            .replaceAll("(?m)^ +capabilities:\\R +drop:\\R +- ALL\\R", "")
            .replaceAll("(?m)^ +allowPrivilegeEscalation: .*\\R", "");

    assertThat(decide(manifest.getBytes(UTF_8), MIGRATED)).isInstanceOf(Decision.Accept.class);
    assertThat(reason(decide(manifest.getBytes(UTF_8), without("tolerations"))))
        .contains(
            "/spec/driver/template/spec/tolerations/0: toleration of the taint * is not allowed");
  }

  private static String podTemplate() throws IOException {
    String[] documents =
        Files.readString(EXAMPLES.resolve("spark-pi-pod-template.yaml")).split("(?m)^---$", -1);
    return documents[documents.length - 1];
  }

  @Test
  void runsUnderTheTenantsServiceAccountWithAWarning() throws IOException {
    assertThat(decide(EXAMPLES.resolve("spark-pi.yaml"), MIGRATED))
        .isInstanceOfSatisfying(
            Decision.Accept.class,
            accepted -> {
              Job job = ((InboxMessage.JobSubmitted) accepted.message()).job();
              assertThat(job.placement().serviceAccount()).isEqualTo("spark");
              assertThat(job.warnings())
                  .contains(
                      Warning.ignored(
                          "/spec/driver/serviceAccount",
                          "is replaced by the service account spark (otherServiceAccounts)"));
            });
  }

  private static String reason(Decision decision) {
    return switch (decision) {
      case Decision.Reject(_, Rejection rejection) -> rejection.message();
      case Decision.DeadLetter(Rejection rejection) -> rejection.message();
      default -> throw new AssertionError("it is accepted");
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
        Map.of(),
        Clusters.ONE,
        List.of());
  }
}
