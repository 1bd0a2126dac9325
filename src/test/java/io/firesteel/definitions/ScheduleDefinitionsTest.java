package io.firesteel.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleSettings.CatchUp;
import io.firesteel.schedule.core.ScheduleSettings.ConcurrencyPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleDefinitionsTest {

  private static final String TENANTS =
      """
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: sales}
      spec: {maxConcurrency: 1, namespace: %s}
      ---
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: risk}
      spec: {maxConcurrency: 1, namespace: %s}
      ---
      """;

  @Test
  void readsTheExample() {
    var schedule =
        Objects.requireNonNull(
            SampleDefinitions.examples()
                .schedules()
                .get(new ScheduleKey("sales", "nightly-totals")));

    assertThat(schedule.settings())
        .satisfies(settings -> {
          assertThat(settings.schedules()).containsExactly("30 2 * * *");
          assertThat(settings.timeZone()).isEqualTo("Europe/Berlin");
          assertThat(settings.concurrencyPolicy()).isEqualTo(ConcurrencyPolicy.FORBID);
          assertThat(settings.catchUp()).isEqualTo(CatchUp.ALL);
          assertThat(settings.startingDeadline()).isEqualTo(Duration.ofHours(6));
        });
  }

  @Test
  void findsTheTenantOfAScheduledSparkApplicationByItsNamespace() throws IOException {
    String manifest = manifest();

    assertThat(SampleDefinitions.of(TENANTS.formatted("default", "other") + manifest))
        .satisfies(read -> {
          assertThat(read.errors()).isEmpty();
          assertThat(read.schedules()).containsKey(new ScheduleKey("sales", "spark-task"));
        });
    assertThat(SampleDefinitions.of(TENANTS.formatted("default", "default") + manifest).errors())
        .singleElement()
        .hasToString(
            "test.yaml:15 /metadata/namespace: default has the tenants risk, sales; name the tenant in the annotation firesteel.io/tenant");
    assertThat(SampleDefinitions.of(TENANTS.formatted("one", "other") + manifest).errors())
        .singleElement()
        .asString()
        .contains("default has no tenant; name the tenant in the annotation firesteel.io/tenant");
  }

  /** As a tutorial has it, but for its version of Spark. */
  private static String manifest() throws IOException {
    return Files.readString(Path.of("src/test/resources/schedules/aks-manifest.yaml"))
        .replace("3.4.2", "3.5.7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tenant: salse, template: load, schedule: '@daily'|refers to tenant salse, which is not defined; did you mean sales?",
        "tenant: sales, template: load, schedule: '@daily'|/spec/template: refers to template load, which is not defined or does not allow tenant sales",
        "tenant: sales, template: load, schedule: 1|/spec/schedule: must be a string of 1 to 256 characters",
        "tenant: sales, template: load|/spec: must have either schedule or schedules, has neither",
        "tenant: sales, schedule: '@daily'|/spec: must have either template or application, has neither",
        "tenant: sales, application: {typ: Java}, schedule: '@daily'|/spec/application/typ: is not a known field",
        "tenant: sales, template: load, schedules: ['@daily', '@nightly']|/spec/schedules/1: \"@nightly\" is not known",
        "tenant: sales, template: load, schedule: '@daily', catchUp: all, concurrencyPolicy: Replace|/spec/catchUp: must not be all with concurrencyPolicy: Replace",
      })
  void saysWhichFieldIsWrong(String spec, String text) {
    String document =
        """
        apiVersion: firesteel.io/v1alpha1
        kind: JobSchedule
        metadata: {name: nightly}
        spec: {%s}
        """
            .formatted(spec);

    assertThat(SampleDefinitions.of(TENANTS.formatted("one", "two") + document).errors())
        .anySatisfy(error -> assertThat(error).asString().contains(text));
  }

  @Test
  void refusesTwoSchedulesOfOneNameOfATenant() throws IOException {
    String manifest = manifest();
    String own =
        """
        ---
        apiVersion: firesteel.io/v1alpha1
        kind: JobSchedule
        metadata: {name: spark-task}
        spec: {tenant: sales, schedule: "@daily", application: {type: Java, sparkVersion: 4.1.1, image: a, mainClass: B, mainApplicationFile: "local:///a.jar", driver: {cores: 1}, executor: {cores: 1}}}
        """;

    assertThat(
            SampleDefinitions.of(TENANTS.formatted("default", "other") + manifest + own).errors())
        .singleElement()
        .asString()
        .contains(
            "/metadata/name: tenant sales has another schedule of this name; rename one of them");
  }
}
