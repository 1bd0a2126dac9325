package io.firesteel.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.json.ValidationError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is large or odd gives valid objects, or a clear refusal before anything is created. */
class DriverLimitsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a23456789-123456789-123456789-123456789-123456789-123456789-123",
        "reports.2026.11",
        "NightlyLoad",
        "Größe/日本 ✓",
        "007"
      })
  void anyJobIdIsFine(String id) {
    DriverObjects objects = SampleSpecs.built(SampleSpecs.driver(id, SampleSpecs.pi("")));

    assertThat(objects.pod().getMetadata().getAnnotations())
        .containsEntry("firesteel.io/job-key", "acme/" + id);
    assertThat(objects.pod().getMetadata().getLabels())
        .allSatisfy((_, value) -> assertThat(PodLabels.isValidValue(value)).isTrue());
  }

  @Test
  void takesArgumentsOf100Kilobytes() {
    ObjectNode spec = SampleSpecs.pi("");
    spec.putArray("arguments").add("x".repeat(100_000)).add("y".repeat(20_000));

    assertThat(DriverBuilderTest.spark(SampleSpecs.built(spec)).getArgs()).hasSize(8);
  }

  @Test
  void judgesAPathOfManySlashesSoon() {
    ObjectNode spec =
        SampleSpecs.pi("driver: {secrets: [{name: s, secretType: GCPServiceAccount}]}");
    ((ObjectNode) spec.at("/driver/secrets/0")).put("path", "/".repeat(900_000) + "x");

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(refused(spec)).isNotEmpty());
  }

  @Test
  void refusesAnArgumentThatLinuxDoesNotTake() {
    ObjectNode spec = SampleSpecs.pi("");
    spec.putArray("arguments").add("x".repeat(200_000));

    assertThat(refused(spec))
        .singleElement()
        .satisfies(p -> assertThat(p.pointer()).isEqualTo("/spec/arguments"))
        .satisfies(p -> assertThat(p.message()).contains("200000 bytes"));
  }

  @Test
  void takes200SecretsAsEnvironment() {
    ObjectNode spec = SampleSpecs.pi("");
    ObjectNode refs = ((ObjectNode) spec.get("driver")).putObject("envSecretKeyRefs");
    for (int i = 0; i < 200; i++) {
      refs.putObject("SECRET_" + i).put("name", "secret-" + i).put("key", "k");
    }

    assertThat(DriverBuilderTest.spark(SampleSpecs.built(spec)).getEnv())
        .filteredOn(e -> e.getName().startsWith("SECRET_"))
        .hasSize(200);
  }

  @Test
  void takes50Volumes() {
    ObjectNode spec = volumes(50, "/data/%d");

    assertThat(DriverBuilderTest.spark(SampleSpecs.built(spec)).getVolumeMounts())
        .filteredOn(m -> m.getMountPath().startsWith("/data"))
        .hasSize(50);
  }

  @Test
  void refusesTwoVolumesAtOnePath() {
    assertThat(refused(volumes(2, "/data")))
        .extracting(ValidationError::message)
        .containsExactly("mounts two volumes at /data; mount each volume at a path of its own");
  }

  @Test
  void refusesAPodThatNoApiServerStores() {
    ObjectNode spec = SampleSpecs.pi("");
    var arguments = spec.putArray("arguments");
    for (int i = 0; i < 6; i++) {
      arguments.add("x".repeat(100_000));
    }

    assertThat(refused(spec)).extracting(ValidationError::pointer).containsExactly("/spec/driver");
  }

  @Test
  void refusesPropertiesThatNoConfigMapHolds() {
    ObjectNode spec = SampleSpecs.pi("");
    spec.putObject("sparkConf").put("spark.big", "x".repeat(1_100_000));

    assertThat(refused(spec))
        .extracting(ValidationError::pointer)
        .containsExactly("/spec/sparkConf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "driver: {labels: {'not a key': b}}",
        "driver: {labels: {a: 'no value!'}}",
        "driver: {labels: {spark-role: executor}}",
        "driver: {memory: 1.5g}",
        "executor: {memory: lots}",
        "executor: {coreRequest: some}",
        "executor: {coreRequest: '2', coreLimit: '1'}",
        "executor: {labels: {'not a key': b}}",
        "executor: {labels: {spark-exec-id: b}}",
        "executor: {annotations: {'not a key': b}}",
        "executor: {sidecars: [{name: s, image: a}, {name: s, image: b}]}",
        "executor: {configMaps: [{name: a, path: /x}, {name: b, path: /x}]}",
        "driver: {coreRequest: some}",
        "driver: {memoryLimit: 1g}",
        "executor: {memoryLimit: 1g}",
        "batchScheduler: nomad",
        "batchScheduler: kueue",
        "sparkConf: {spark.driver.bindAddress: 0.0.0.0}",
        "sparkConf: {spark.ui.port: '70000'}",
        "{volumes: [{name: Not_Valid, emptyDir: {}}],"
            + " driver: {volumeMounts: [{name: Not_Valid, mountPath: /v}]}}",
        "{volumes: [{name: spark-local-dir-1, secret: {secretName: s}}],"
            + " driver: {volumeMounts: [{name: spark-local-dir-1, mountPath: /v}]}}",
      })
  void refusesWhatAClusterWouldRefuse(String yaml) {
    assertThat(refused(SampleSpecs.pi(yaml)))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.message()).contains("; "));
  }

  private static ObjectNode volumes(int count, String path) {
    ObjectNode spec = SampleSpecs.pi("");
    for (int i = 0; i < count; i++) {
      spec.withArray("volumes").addObject().put("name", "v" + i).putObject("emptyDir");
      ((ObjectNode) spec.get("driver"))
          .withArray("volumeMounts")
          .addObject()
          .put("name", "v" + i)
          .put("mountPath", path.formatted(i));
    }
    return spec;
  }

  private static List<ValidationError> refused(JsonNode spec) {
    return switch (SampleSpecs.build(SampleSpecs.driver(spec))) {
      case DriverBuildResult.Built _ -> List.of();
      case DriverBuildResult.Unbuildable(var errors) -> errors;
    };
  }
}
