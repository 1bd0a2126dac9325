package io.firesteel.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DriverBuilderTest {

  @Test
  void makesPodServiceAndConfigMaps() {
    DriverObjects objects = SampleSpecs.built(SampleSpecs.pi(""));

    assertThat(objects.pod().getMetadata().getName()).matches("daily-etl-[0-9a-f]{10}-1-driver");
    assertThat(objects.owned())
        .extracting(HasMetadata::getKind)
        .containsExactly("Service", "ConfigMap", "ConfigMap");
    assertThat(objects.owned())
        .allSatisfy(o -> assertThat(o.getMetadata().getNamespace()).isEqualTo("acme-jobs"));
  }

  @Test
  void runsTheMainClassWithThePropertiesOfTheConfigMap() throws IOException {
    DriverObjects objects = SampleSpecs.built(SampleSpecs.pi("arguments: ['1000', 'two words']"));

    assertThat(spark(objects).getArgs())
        .containsExactly(
            "driver",
            "--properties-file",
            "/opt/spark/conf/spark.properties",
            "--class",
            "org.example.SparkPi",
            "local:///opt/app/pi.jar",
            "1000",
            "two words");
    assertThat(properties(objects))
        .contains(
            entry("spark.app.id", objects.applicationId()),
            entry("spark.kubernetes.driver.pod.name", objects.pod().getMetadata().getName()),
            entry("spark.jars", "local:///opt/app/pi.jar"),
            entry("spark.executor.instances", "1"),
            entry("spark.authenticate", "true"));
  }

  @Test
  void marksDriverAndExecutorsForTheClusterSide() throws IOException {
    DriverObjects objects = SampleSpecs.built(SampleSpecs.pi(""));

    assertThat(objects.pod().getMetadata().getLabels())
        .contains(
            entry("app.kubernetes.io/managed-by", "firesteel"),
            entry("firesteel.io/installation", "dry-run"),
            entry("firesteel.io/partition", "3"),
            entry("firesteel.io/attempt", "1"),
            entry("firesteel.io/tenant", "acme"),
            entry("team", "data"),
            entry("spark-role", "driver"),
            entry("spark-app-selector", objects.applicationId()));
    assertThat(objects.pod().getMetadata().getAnnotations())
        .containsEntry("firesteel.io/job-key", "acme/daily-etl");
    assertThat(properties(objects))
        .containsEntry("spark.kubernetes.executor.label.firesteel.io/installation", "dry-run")
        .containsEntry("spark.kubernetes.executor.label.firesteel.io/partition", "3")
        .containsEntry("spark.kubernetes.executor.label.team", "data")
        .containsEntry(
            "spark.kubernetes.executor.annotation.firesteel.io/job-key", "acme/daily-etl");
  }

  @Test
  void tellsTheJobWhoItIs() {
    assertThat(spark(SampleSpecs.built(SampleSpecs.pi(""))).getEnv())
        .extracting(EnvVar::getName, EnvVar::getValue)
        .contains(
            tuple("FIRESTEEL_JOB_ID", "daily-etl"),
            tuple("FIRESTEEL_TENANT", "acme"),
            tuple("FIRESTEEL_ATTEMPT", "1"),
            tuple("FIRESTEEL_OUTPUTS", "/dev/termination-log"),
            tuple("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
  }

  @Test
  void givesSecretsToDriverAndExecutorsAsReferencesOnly() throws IOException {
    var refs =
        """
          envSecretKeyRefs: {PASSWORD: {name: db, key: password}}
          env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: api, key: token}}}]
        """;
    DriverObjects objects =
        SampleSpecs.built(SampleSpecs.pi("driver:\n" + refs + "executor:\n" + refs));

    assertThat(spark(objects).getEnv())
        .filteredOn(e -> e.getValueFrom() != null && e.getValueFrom().getSecretKeyRef() != null)
        .extracting(e -> e.getName() + "=" + e.getValueFrom().getSecretKeyRef().getName())
        .containsExactlyInAnyOrder("PASSWORD=db", "TOKEN=api");
    assertThat(properties(objects))
        .containsEntry("spark.kubernetes.executor.secretKeyRef.PASSWORD", "db:password");
    assertThat(executorTemplate(objects).getSpec().getContainers().getFirst().getEnv())
        .singleElement()
        .satisfies(e -> assertThat(e.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("token"));
  }

  @Test
  void buildsTheSameObjectsTwice() throws IOException {
    var json = new ObjectMapper();
    var driver =
        SampleSpecs.driver(
            SampleSpecs.pi("driver: {labels: {a: b, c: d}, envVars: {X: '1', Y: '2'}}"));

    assertThat(json.writeValueAsString(SampleSpecs.built(driver)))
        .isEqualTo(json.writeValueAsString(SampleSpecs.built(driver)));
  }

  @Test
  void makesThePodTheOwnerOfTheRest() {
    DriverObjects objects = SampleSpecs.built(SampleSpecs.pi(""));

    List<HasMetadata> owned = objects.ownedBy("uid-1");

    assertThat(owned)
        .hasSize(3)
        .allSatisfy(o ->
            assertThat(o.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(r -> assertThat(r.getUid()).isEqualTo("uid-1"))
                .satisfies(r -> assertThat(r.getController()).isTrue()));
  }

  static Container spark(DriverObjects objects) {
    return objects.pod().getSpec().getContainers().getFirst();
  }

  static Properties properties(DriverObjects objects) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(data(objects, "spark.properties")));
    return properties;
  }

  static Pod executorTemplate(DriverObjects objects) throws IOException {
    return new YAMLMapper().readValue(executorTemplateText(objects), Pod.class);
  }

  static String executorTemplateText(DriverObjects objects) {
    return data(objects, "podspec-configmap-key");
  }

  private static String data(DriverObjects objects, String key) {
    return objects.owned().stream()
        .filter(ConfigMap.class::isInstance)
        .map(o -> ((ConfigMap) o).getData().get(key))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }
}
