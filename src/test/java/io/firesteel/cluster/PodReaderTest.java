package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.firesteel.driver.PodLabels;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PodReaderTest {

  private static final Pod DRIVER = pod("driver");
  private static final Pod EXECUTOR = pod("executor");

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
    assertThat(PodReader.read(asking(DRIVER))).map(PodView::eachExecutor).contains(true);
    assertThat(PodReader.read(DRIVER)).map(PodView::eachExecutor).contains(false);
    assertThat(PodReader.read(asking(EXECUTOR))).map(PodView::eachExecutor).contains(false);
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

  private static Pod pod(String role) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("acme-jobs")
        .withName("a-pod")
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
