package io.firesteel.cluster.api;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.driver.StartupProbe;
import io.firesteel.driver.submit.PodLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodReaderTest {

  private static final Pod DRIVER = pod(SamplePods.driverPodName(), "driver");
  private static final Pod EXECUTOR = pod("an-executor", "executor");

  @Test
  void aDriverIsItsOwnDriver() {
    assertThat(PodReader.read(DRIVER)).map(PodView::driverUid).contains("uid-1");
  }

  @Test
  void anExecutorBelongsToThePodThatOwnsIt() {
    assertThat(PodReader.read(ownedBy("ConfigMap", "uid-3", ownedBy("Pod", "uid-2", EXECUTOR))))
        .map(PodView::driverUid)
        .contains("uid-2");
  }

  @Test
  void anExecutorOfNoPodBelongsToNoDriver() {
    assertThat(PodReader.read(EXECUTOR))
        .hasValueSatisfying(executor -> assertThat(executor.driverUid()).isNull());
  }

  @Test
  void onlyADriverAsksForEachExecutor() {
    assertThat(PodReader.read(asking(DRIVER))).map(PodView::executorEvents).contains(true);
    assertThat(PodReader.read(DRIVER)).map(PodView::executorEvents).contains(false);
    assertThat(PodReader.read(asking(EXECUTOR))).map(PodView::executorEvents).contains(false);
  }

  @Test
  void onlyAProbedDriverIsReady() {
    Pod unprobed = ready(DRIVER, "spark-kubernetes-driver");
    Pod probed = new PodBuilder(unprobed).build();
    StartupProbe.addTo(probed, Map.of());

    assertThat(PodReader.read(unprobed)).map(PodView::readyAt).isEmpty();
    assertThat(PodReader.read(probed))
        .map(PodView::readyAt)
        .contains(Instant.parse("2026-03-01T12:00:09Z"));
  }

  private static Pod ready(Pod pod, String container) {
    return new PodBuilder(pod)
        .withNewSpec()
        .addNewContainer()
        .withName(container)
        .addNewPort()
        .withName("spark-ui")
        .withContainerPort(4040)
        .endPort()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withLastTransitionTime("2026-03-01T12:00:09Z")
        .endCondition()
        .endStatus()
        .build();
  }

  /** A tenant's own account may write any label on any pod of its namespace. */
  @Test
  void aPodWithTheRoleButNotTheNameOfADriverIsNoDriver() {
    assertThat(PodReader.read(pod("looks-like-it", "driver")))
        .hasValueSatisfying(pod -> {
          assertThat(pod.isDriver()).isFalse();
          assertThat(pod.driverUid()).isNull();
        });
    assertThat(PodReader.read(pod(SamplePods.driverPodName(), "executor")))
        .map(PodView::isDriver)
        .contains(true);
  }

  @ParameterizedTest
  @CsvSource({
    "30, PT30S",
    "-1, PT0S",
    "9223372036854775807, PT8760H",
    "-9223372036854775808, PT0S"
  })
  void limitsTheRetentionToAYear(String seconds, Duration kept) {
    Pod pod =
        new PodBuilder(DRIVER)
            .editMetadata()
            .addToAnnotations(PodReader.KEEP_SECONDS, seconds)
            .endMetadata()
            .build();

    assertThat(PodReader.read(pod)).map(PodView::keepFor).contains(kept);
  }

  private static Pod asking(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .addToAnnotations(PodReader.EXECUTOR_EVENTS, "true")
        .endMetadata()
        .build();
  }

  private static Pod ownedBy(String kind, String uid, Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .addNewOwnerReference()
        .withKind(kind)
        .withUid(uid)
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static Pod pod(String name, String role) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("acme-jobs")
        .withName(name)
        .withUid("uid-1")
        .withResourceVersion("7")
        .addToAnnotations(PodLabels.JOB_KEY, FIRST.job().toString())
        .addToLabels(
            Map.of(
                PodLabels.MANAGED_BY,
                PodLabels.FIRESTEEL,
                PodLabels.GENERATION,
                String.valueOf(FIRST.generation()),
                PodLabels.ATTEMPT,
                String.valueOf(FIRST.number()),
                PodLabels.SPARK_ROLE,
                role))
        .endMetadata()
        .build();
  }
}
