package io.firesteel.local.kubelet;

import static io.firesteel.local.kubelet.ShellPod.main;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pods that end from outside leave nothing behind. */
class PodTerminationTest extends SingleNodeFixture {

  @Test
  void terminatesAPodAndRemovesItAfterItsEnd() {
    cluster.create(ShellPod.running("polite", "trap 'exit 0' TERM; while :; do sleep 0.1; done"));
    cluster.waitForPhase("polite", "Running");

    cluster.client.pods().withName("polite").delete();
    cluster.waitUntilRemoved("polite");

    assertThat(cluster.reasons("polite")).endsWith("Killing");
    assertNothingRuns("polite");
  }

  @Test
  void killsAPodAtTheEndOfItsGracePeriod() {
    cluster.create(
        ShellPod.running(
            "deaf", "trap '' TERM; sleep 600", spec -> spec.withTerminationGracePeriodSeconds(1L)));
    cluster.waitForPhase("deaf", "Running");

    cluster.client.pods().withName("deaf").delete();

    cluster.waitUntilRemoved("deaf");
    assertNothingRuns("deaf");
  }

  @Test
  void killsAForceDeletedPodAtOnceWithProcessesOutsideItsSession() {
    cluster.create(ShellPod.running("forced", "setsid sleep 600 & trap '' TERM; sleep 600"));
    cluster.waitForPhase("forced", "Running");

    cluster.client.pods().withName("forced").withGracePeriod(0).delete();

    cluster.waitUntilRemoved("forced");
    assertNothingRuns("forced");
  }

  @Test
  void stopsAPodAtItsDeadline() {
    cluster.create(
        ShellPod.running("late", "sleep 600", spec -> spec.withActiveDeadlineSeconds(1L)));

    var pod = cluster.waitForPhase("late", "Failed");

    assertThat(pod.getStatus().getReason()).isEqualTo("DeadlineExceeded");
    assertNothingRuns("late");
  }

  @Test
  void reportsContainersOfAnEarlierKubeletAsLost() {
    cluster.create(ShellPod.running("lost", "sleep 600"));
    cluster.waitForPhase("lost", "Running");

    cluster.restartKubelet();

    var pod = cluster.waitForPhase("lost", "Failed");
    assertThat(main(pod).getState().getTerminated().getReason())
        .isEqualTo("ContainerStatusUnknown");
    assertNothingRuns("lost");
  }

  @Test
  void cleansUpAfterAPod() {
    var pod = cluster.create(ShellPod.running("tidy", "echo kept > note"));
    cluster.waitForPhase("tidy", "Succeeded");

    var folder = cluster.options.data().resolve("pods").resolve(pod.getMetadata().getUid());
    await().untilAsserted(() -> assertThat(Files.exists(folder)).isFalse());
  }

  private void assertNothingRuns(String name) {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(cluster.processesOf(name)).isZero());
  }
}
