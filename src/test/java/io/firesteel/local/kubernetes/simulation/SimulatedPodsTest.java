package io.firesteel.local.kubernetes.simulation;

import static io.firesteel.local.kubernetes.ApiServerFixture.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.firesteel.local.kubernetes.ApiServerFixture;
import io.firesteel.local.kubernetes.audit.AuditEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedPodsTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();
  private final SimulatedPods pods = SimulatedPods.start(cluster.api());

  @AfterAll
  void close() {
    pods.close();
    cluster.close();
  }

  @Test
  void runsAndEndsAPodByItsPlan() {
    cluster.create(simulated("ends", "runMillis=50,exitCode=4"));

    await().untilAsserted(() -> assertThat(phase("ends")).isEqualTo("Failed"));

    Pod pod = cluster.client().pods().withName("ends").get();
    assertThat(pod.getStatus().getPodIP()).startsWith("10.");
    assertThat(pod.getSpec().getNodeName()).isEqualTo("simulated");
    assertThat(
            pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getExitCode())
        .isEqualTo(4);
    assertThat(phases("ends")).containsSubsequence("Pending", "Running", "Failed");
  }

  @Test
  void waitsForAConfigMapLikeAKubelet() {
    Pod waits =
        new PodBuilder(simulated("waits", "runMillis=0"))
            .editSpec()
            .addNewVolume()
            .withName("conf")
            .withNewConfigMap()
            .withName("to-come")
            .endConfigMap()
            .endVolume()
            .endSpec()
            .build();
    cluster.create(waits);
    cluster.create(simulated("does-not-wait", "runMillis=0"));
    await().untilAsserted(() -> assertThat(phase("does-not-wait")).isEqualTo("Succeeded"));
    assertThat(phase("waits")).isEqualTo("Pending");

    cluster
        .client()
        .resource(
            new ConfigMapBuilder().withNewMetadata().withName("to-come").endMetadata().build())
        .create();

    await().untilAsserted(() -> assertThat(phase("waits")).isEqualTo("Succeeded"));
  }

  @Test
  void stopsAPodThatIsDeleted() {
    cluster.create(simulated("stops", "runMillis=60000,stopMillis=20"));
    await().untilAsserted(() -> assertThat(phase("stops")).isEqualTo("Running"));

    cluster.client().pods().withName("stops").delete();

    await()
        .untilAsserted(() -> assertThat(cluster.client().pods().withName("stops").get()).isNull());
  }

  @Test
  void ignoresOtherPods() {
    cluster.create("real");
    cluster.create(simulated("marker", "runMillis=0"));
    await().untilAsserted(() -> assertThat(phase("marker")).isEqualTo("Succeeded"));

    assertThat(phase("real")).isEqualTo("Pending");
  }

  @Test
  void readsTheValidPartsOfAPlan() {
    SimulatedPodPlan plan = SimulatedPodPlan.parse("runMillis=1500, exitCode=1,startMillis=x,-,=3");

    assertThat(plan)
        .isEqualTo(new SimulatedPodPlan(Duration.ZERO, Duration.ofMillis(1500), Duration.ZERO, 1));
  }

  private static Pod simulated(String name, String plan) {
    return new PodBuilder(pod(name))
        .editMetadata()
        .addToAnnotations(SimulatedPods.ANNOTATION, plan)
        .endMetadata()
        .build();
  }

  private String phase(String name) {
    return cluster.client().pods().withName(name).get().getStatus().getPhase();
  }

  private List<String> phases(String name) {
    return cluster.audit().stream()
        .filter(entry -> entry.name().equals(name))
        .map(AuditEntry::phase)
        .toList();
  }
}
