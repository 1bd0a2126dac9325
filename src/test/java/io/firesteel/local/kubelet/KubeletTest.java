package io.firesteel.local.kubelet;

import static io.firesteel.local.kubelet.ShellPod.condition;
import static io.firesteel.local.kubelet.ShellPod.main;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.local.kubelet.status.RestoredContainers;
import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pods of plain processes: their lives, statuses and events. */
class KubeletTest extends SingleNodeFixture {

  @Test
  void registersAReadyNode() {
    var node = cluster.client.nodes().withName("laptop").get();

    assertThat(node.getStatus().getConditions().getFirst().getStatus()).isEqualTo("True");
    assertThat(node.getStatus().getAllocatable()).containsEntry("cpu", new Quantity("8"));
  }

  @Test
  void runsAPodToItsEndAndReportsEveryStep() throws IOException {
    cluster.create(ShellPod.running("hello", "echo hello from $HOSTNAME; echo oops >&2"));

    var pod = cluster.waitForPhase("hello", "Succeeded");

    assertThat(cluster.log(pod)).isEqualTo("hello from hello\noops\n");
    assertThat(pod.getSpec().getNodeName()).isEqualTo("laptop");
    assertThat(pod.getStatus().getPodIP()).startsWith("127.42.");
    assertThat(condition(pod, "Ready").getReason()).isEqualTo("PodCompleted");
    assertThat(cluster.reasons("hello"))
        .contains("Scheduled")
        .containsSubsequence("Pulled", "Created", "Started");
  }

  @Test
  void reportsHowAContainerFailed() {
    cluster.create(ShellPod.running("fails", "exit 3"));

    var pod = cluster.waitForPhase("fails", "Failed");

    assertThat(main(pod).getState().getTerminated().getExitCode()).isEqualTo(3);
    assertThat(main(pod).getState().getTerminated().getReason()).isEqualTo("Error");
  }

  @Test
  void isNotReadyUntilTheStartupProbeSucceeds() {
    var probed = ShellPod.running("probed", "sleep 60");
    probed
        .getSpec()
        .getContainers()
        .getFirst()
        .setStartupProbe(
            new ProbeBuilder()
                .withNewTcpSocket()
                .withNewPort(4040)
                .endTcpSocket()
                .withPeriodSeconds(1)
                .build());
    cluster.create(probed);

    var pod = cluster.waitForPhase("probed", "Running");

    assertThat(condition(pod, "Ready").getStatus()).isEqualTo("False");
    assertThat(main(pod).getStarted()).isFalse();
  }

  @Test
  void reportsAMissingProgram() {
    var pod = ShellPod.running("nothing", "");
    pod.getSpec().getContainers().getFirst().setCommand(List.of("no-such-program"));
    cluster.create(pod);

    var failed = cluster.waitForPhase("nothing", "Failed");

    assertThat(main(failed).getState().getTerminated().getReason()).isEqualTo("StartError");
    assertThat(main(failed).getState().getTerminated().getExitCode()).isEqualTo(128);
    assertThat(main(failed).getState().getTerminated().getMessage())
        .contains("executable file not found in $PATH");
  }

  @Test
  void restartsContainersByPolicyWithBackOff() {
    cluster.create(
        ShellPod.running(
            "again", "sleep 0.1; exit 1", spec -> spec.withRestartPolicy("OnFailure")));

    var pod = cluster.waitForReason("again", "CrashLoopBackOff");

    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    assertThat(main(pod).getLastState().getTerminated().getExitCode()).isEqualTo(1);
    cluster.waitFor("again", running -> main(running).getRestartCount() >= 3);
  }

  @Test
  void runsInitContainersFirstAndSidecarsAlongside() throws IOException {
    cluster.create(
        ShellPod.running(
            "crew",
            "cat /shared/first; cat /shared/side",
            spec ->
                spec.addNewVolume()
                    .withName("shared")
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .endVolume()
                    .addToInitContainers(
                        ShellPod.shell("side", "echo side > /shared/side; sleep 600")
                            .withRestartPolicy("Always")
                            .addNewVolumeMount()
                            .withName("shared")
                            .withMountPath("/shared")
                            .endVolumeMount()
                            .build(),
                        ShellPod.shell("first", "sleep 0.3; echo first > /shared/first")
                            .addNewVolumeMount()
                            .withName("shared")
                            .withMountPath("/shared")
                            .endVolumeMount()
                            .build())
                    .editContainer(0)
                    .addNewVolumeMount()
                    .withName("shared")
                    .withMountPath("/shared")
                    .endVolumeMount()
                    .endContainer()));

    var pod = cluster.waitForPhase("crew", "Succeeded");

    assertThat(cluster.log(pod)).isEqualTo("first\nside\n");
    assertThat(pod.getStatus().getInitContainerStatuses())
        .extracting(status -> status.getState().getTerminated().getExitCode())
        .containsExactly(143, 0);
  }

  @Test
  void failsAPodWhoseInitContainerFails() {
    cluster.create(
        ShellPod.running(
            "broken",
            "true",
            spec -> spec.addToInitContainers(ShellPod.shell("first", "exit 7").build())));

    var pod = cluster.waitForPhase("broken", "Failed");

    assertThat(main(pod).getState().getWaiting().getReason()).isEqualTo("PodInitializing");
    assertThat(condition(pod, "Initialized").getStatus()).isEqualTo("False");
  }

  @Test
  void killsOnlyTheContainerOverItsMemoryLimit() {
    var hungry = "x=a; while :; do x=$x$x; done";
    cluster.create(
        ShellPod.running(
            "hungry",
            hungry,
            spec ->
                spec.editContainer(0)
                    .withNewResources()
                    .withLimits(Map.of("memory", new Quantity("64Mi")))
                    .endResources()
                    .endContainer()));

    var pod = cluster.waitForPhase("hungry", "Failed");

    assertThat(main(pod).getState().getTerminated().getReason()).isEqualTo("OOMKilled");
  }

  @Test
  void reportsTheTerminationMessage() {
    cluster.create(
        ShellPod.running("says", "printf 'no more flint' > /dev/termination-log; exit 1"));
    cluster.create(
        ShellPod.running(
            "logs",
            "echo the flint is wet; exit 1",
            spec ->
                spec.editContainer(0)
                    .withTerminationMessagePolicy("FallbackToLogsOnError")
                    .endContainer()));

    assertThat(main(cluster.waitForPhase("says", "Failed")).getState().getTerminated().getMessage())
        .isEqualTo("no more flint");
    assertThat(main(cluster.waitForPhase("logs", "Failed")).getState().getTerminated().getMessage())
        .isEqualTo("the flint is wet\n");
  }

  @Test
  void failsAPodThatItCannotRead() {
    var pod = ShellPod.running("odd", "true", spec -> spec.withActiveDeadlineSeconds(1L << 60));
    cluster.create(pod);

    var failed = cluster.waitFor("odd", RestoredContainers::isFinished);

    assertThat(failed.getStatus().getReason()).isEqualTo("KubeletError");
  }

  @Test
  void ignoresSimulatedPods() {
    var pod = ShellPod.running("simulated", "true");
    pod.getMetadata().setAnnotations(Map.of(SimulatedPods.ANNOTATION, "true"));
    cluster.create(pod);
    cluster.create(ShellPod.running("real", "true"));

    cluster.waitForPhase("real", "Succeeded");

    assertThat(cluster.pod("simulated").getSpec().getNodeName()).isNull();
  }
}
