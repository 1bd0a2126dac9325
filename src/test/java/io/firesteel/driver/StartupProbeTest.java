package io.firesteel.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupProbeTest {

  @Test
  void connectsToTheUiUntilItListensAndNeverEndsTheDriver() {
    assertThat(probeOf("sparkConf: {spark.ui.port: '4141'}"))
        .satisfies(probe -> {
          assertThat(probe.getTcpSocket().getPort().getIntVal()).isEqualTo(4141);
          assertThat(probe.getFailureThreshold()).isEqualTo(Integer.MAX_VALUE);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparkConf: {spark.ui.enabled: 'False '}",
        "driver: {template: {spec: {containers: [{name: spark-kubernetes-driver,"
            + " readinessProbe: {exec: {command: [ready]}}}]}}}"
      })
  void isAbsentWithoutUiAndWhereTheJobHasAProbe(String yaml) {
    assertThat(probeOf(yaml)).isNull();
  }

  @Test
  void leavesTheProbeOfATemplateAlone() {
    String yaml =
        "driver: {template: {spec: {containers: [{name: spark-kubernetes-driver,"
            + " startupProbe: {exec: {command: [up]}}}]}}}";

    assertThat(probeOf(yaml))
        .extracting(probe -> probe.getExec().getCommand())
        .isEqualTo(List.of("up"));
  }

  @Test
  void executorsFindADriverThatIsNotReadyYet() {
    assertThat(SampleSpecs.built(SampleSpecs.pi("")).owned())
        .filteredOn(Service.class::isInstance)
        .singleElement()
        .satisfies(service ->
            assertThat(((Service) service).getSpec().getPublishNotReadyAddresses()).isTrue());
  }

  private static @Nullable Probe probeOf(String yaml) {
    if (!(SampleSpecs.build(SampleSpecs.driver(SampleSpecs.pi(yaml)))
        instanceof DriverBuildResult.Built(var objects, var properties, _))) {
      throw new AssertionError("refused: " + yaml);
    }
    StartupProbe.addTo(objects.pod(), properties);
    Container spark = DriverBuilderTest.spark(objects);
    return spark.getStartupProbe();
  }
}
