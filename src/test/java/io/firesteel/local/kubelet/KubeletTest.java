package io.firesteel.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.firesteel.local.kubelet.plan.SparkInstall;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pods of plain processes on the API server and the node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeletTest {

  private LocalCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    var noSpark = new SparkInstall(Path.of("/nowhere"), folder, "", List.of(), List.of(), false);
    cluster =
        new LocalCluster(
            folder,
            noSpark,
            options ->
                options.giving(BigDecimal.valueOf(8), 4L << 30).backingOff(Duration.ofMillis(300)));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void registersANodeThatIsReady() {
    var node = cluster.client.nodes().withName("laptop").get();

    assertThat(node.getStatus().getConditions().getFirst().getStatus()).isEqualTo("True");
    assertThat(node.getStatus().getAllocatable()).containsEntry("cpu", new Quantity("8"));
  }

  @Test
  void runsAPodToItsEndAndTellsEveryStep() throws IOException {
    cluster.create(PlainPod.running("hello", "echo hello from $HOSTNAME; echo oops >&2"));

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
  void saysHowAContainerFailed() {
    cluster.create(PlainPod.running("fails", "exit 3"));

    var pod = cluster.waitForPhase("fails", "Failed");

    assertThat(main(pod).getState().getTerminated().getExitCode()).isEqualTo(3);
    assertThat(main(pod).getState().getTerminated().getReason()).isEqualTo("Error");
  }

  @Test
  void saysThatAProgramIsNotThere() {
    var pod = PlainPod.running("nothing", "");
    pod.getSpec().getContainers().getFirst().setCommand(List.of("no-such-program"));
    cluster.create(pod);

    var failed = cluster.waitForPhase("nothing", "Failed");

    assertThat(main(failed).getState().getTerminated().getReason()).isEqualTo("StartError");
    assertThat(main(failed).getState().getTerminated().getExitCode()).isEqualTo(128);
    assertThat(main(failed).getState().getTerminated().getMessage())
        .contains("executable file not found in $PATH");
  }

  @Test
  void waitsForAVolumeAndMountsItWhenItIsThere() throws IOException {
    cluster.create(
        PlainPod.running(
            "mounts",
            "cat /etc/settings/greeting",
            spec ->
                spec.addNewVolume()
                    .withName("settings")
                    .withNewConfigMap()
                    .withName("settings")
                    .endConfigMap()
                    .endVolume()
                    .editContainer(0)
                    .addNewVolumeMount()
                    .withName("settings")
                    .withMountPath("/etc/settings")
                    .endVolumeMount()
                    .endContainer()));
    await().untilAsserted(() -> assertThat(cluster.reasons("mounts")).contains("FailedMount"));
    assertThat(main(cluster.pod("mounts")).getState().getWaiting().getReason())
        .isEqualTo("ContainerCreating");
    assertThat(message("mounts", "FailedMount"))
        .isEqualTo(
            "MountVolume.SetUp failed for volume \"settings\" : configmap \"settings\" not found");

    cluster
        .client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .endMetadata()
                .addToData("greeting", "good day")
                .build())
        .create();

    assertThat(cluster.log(cluster.waitForPhase("mounts", "Succeeded"))).isEqualTo("good day");
  }

  @Test
  void waitsForASecretAndThenForItsKey() throws IOException {
    var ref = new EnvVarSourceBuilder().withNewSecretKeyRef("token", "door", null).build();
    cluster.create(
        PlainPod.running(
            "knocks",
            "echo $TOKEN",
            spec -> spec.editContainer(0).withEnv(new EnvVar("TOKEN", null, ref)).endContainer()));
    var waiting = cluster.waitForReason("knocks", "CreateContainerConfigError");
    assertThat(main(waiting).getState().getWaiting().getMessage())
        .isEqualTo("secret \"door\" not found");

    var secret = new SecretBuilder().withNewMetadata().withName("door").endMetadata();
    cluster.client.resource(secret.addToStringData("other", "x").build()).create();
    cluster.waitFor(
        "knocks",
        pod -> main(pod).getState().getWaiting().getMessage().contains("couldn't find key"));
    assertThat(main(cluster.pod("knocks")).getState().getWaiting().getMessage())
        .isEqualTo("couldn't find key token in Secret default/door");

    cluster.client.resource(secret.addToStringData("token", "sesame").build()).update();
    assertThat(cluster.log(cluster.waitForPhase("knocks", "Succeeded"))).isEqualTo("sesame\n");
  }

  @Test
  void backsOffPullingAnImageThatIsNotThere() {
    var pod = PlainPod.running("pulls", "true");
    pod.getSpec().getContainers().getFirst().setImage("registry.invalid/team/spark:1");
    cluster.create(pod);

    cluster.waitForReason("pulls", "ErrImagePull");
    var waiting = cluster.waitForReason("pulls", "ImagePullBackOff");

    assertThat(waiting.getStatus().getPhase()).isEqualTo("Pending");
    assertThat(message("pulls", "BackOff"))
        .isEqualTo("Back-off pulling image \"registry.invalid/team/spark:1\"");
    assertThat(cluster.events("pulls"))
        .extracting(Event::getMessage)
        .anyMatch(text -> text.contains("no such host"));
  }

  @Test
  void startsContainersAgainByThePolicyAndBacksOff() {
    cluster.create(
        PlainPod.running(
            "again", "sleep 0.1; exit 1", spec -> spec.withRestartPolicy("OnFailure")));

    var pod = cluster.waitForReason("again", "CrashLoopBackOff");

    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    assertThat(main(pod).getLastState().getTerminated().getExitCode()).isEqualTo(1);
    cluster.waitFor("again", running -> main(running).getRestartCount() >= 3);
  }

  @Test
  void runsInitContainersFirstAndSidecarsAlongside() throws IOException {
    cluster.create(
        PlainPod.running(
            "crew",
            "cat /shared/first; cat /shared/side",
            spec ->
                spec.addNewVolume()
                    .withName("shared")
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .endVolume()
                    .addToInitContainers(
                        PlainPod.shell("side", "echo side > /shared/side; sleep 600")
                            .withRestartPolicy("Always")
                            .addNewVolumeMount()
                            .withName("shared")
                            .withMountPath("/shared")
                            .endVolumeMount()
                            .build(),
                        PlainPod.shell("first", "sleep 0.3; echo first > /shared/first")
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
        PlainPod.running(
            "broken",
            "true",
            spec -> spec.addToInitContainers(PlainPod.shell("first", "exit 7").build())));

    var pod = cluster.waitForPhase("broken", "Failed");

    assertThat(main(pod).getState().getWaiting().getReason()).isEqualTo("PodInitializing");
    assertThat(condition(pod, "Initialized").getStatus()).isEqualTo("False");
  }

  @Test
  void asksAPodToEndAndRemovesItWhenItHas() {
    cluster.create(PlainPod.running("polite", "trap 'exit 0' TERM; while :; do sleep 0.1; done"));
    cluster.waitForPhase("polite", "Running");

    cluster.client.pods().withName("polite").delete();
    cluster.waitUntilGone("polite");

    assertThat(cluster.reasons("polite")).endsWith("Killing");
    assertNothingRuns("polite");
  }

  @Test
  void killsAPodThatDoesNotListenWhenItsGraceIsOver() {
    cluster.create(
        PlainPod.running(
            "deaf", "trap '' TERM; sleep 600", spec -> spec.withTerminationGracePeriodSeconds(1L)));
    cluster.waitForPhase("deaf", "Running");

    cluster.client.pods().withName("deaf").delete();

    cluster.waitUntilGone("deaf");
    assertNothingRuns("deaf");
  }

  @Test
  void killsAPodAtOnceThatIsDeletedByForceEvenWhatLeftItsSession() {
    cluster.create(PlainPod.running("forced", "setsid sleep 600 & trap '' TERM; sleep 600"));
    cluster.waitForPhase("forced", "Running");

    cluster.client.pods().withName("forced").withGracePeriod(0).delete();

    cluster.waitUntilGone("forced");
    assertNothingRuns("forced");
  }

  @Test
  void endsAPodThatIsPastItsDeadline() {
    cluster.create(
        PlainPod.running("late", "sleep 600", spec -> spec.withActiveDeadlineSeconds(1L)));

    var pod = cluster.waitForPhase("late", "Failed");

    assertThat(pod.getStatus().getReason()).isEqualTo("DeadlineExceeded");
    assertNothingRuns("late");
  }

  @Test
  void saysWhyAPodFitsNowhereAndBindsItWhenThereIsRoom() {
    var big = Map.of("memory", new Quantity("3Gi"));
    cluster.create(
        PlainPod.running(
            "big",
            "sleep 600",
            spec ->
                spec.editContainer(0)
                    .withNewResources()
                    .withRequests(big)
                    .endResources()
                    .endContainer()));
    cluster.waitForPhase("big", "Running");
    cluster.create(
        PlainPod.running(
            "bigger",
            "true",
            spec ->
                spec.editContainer(0)
                    .withNewResources()
                    .withRequests(big)
                    .endResources()
                    .endContainer()));
    var waiting = cluster.waitFor("bigger", pod -> !pod.getStatus().getConditions().isEmpty());
    assertThat(condition(waiting, "PodScheduled").getReason()).isEqualTo("Unschedulable");
    assertThat(condition(waiting, "PodScheduled").getMessage())
        .startsWith("0/1 nodes are available: 1 Insufficient memory.");
    await().untilAsserted(() -> assertThat(cluster.reasons("bigger")).contains("FailedScheduling"));

    cluster.client.pods().withName("big").withGracePeriod(0).delete();

    cluster.waitForPhase("bigger", "Succeeded");
  }

  @Test
  void leavesPretendedPodsAlone() {
    var pod = PlainPod.running("pretended", "true");
    pod.getMetadata().setAnnotations(Map.of(Kubelet.PRETEND, "true"));
    cluster.create(pod);
    cluster.create(PlainPod.running("real", "true"));

    cluster.waitForPhase("real", "Succeeded");

    assertThat(cluster.pod("pretended").getSpec().getNodeName()).isNull();
  }

  @Test
  void reportsAsLostWhatRanUnderAnEarlierKubelet() {
    cluster.create(PlainPod.running("lost", "sleep 600"));
    cluster.waitForPhase("lost", "Running");

    cluster.restartKubelet();

    var pod = cluster.waitForPhase("lost", "Failed");
    assertThat(main(pod).getState().getTerminated().getReason())
        .isEqualTo("ContainerStatusUnknown");
    assertNothingRuns("lost");
  }

  @Test
  void killsAContainerOverItsMemoryLimitAndLeavesTheOthers() {
    var hungry = "x=a; while :; do x=$x$x; done";
    cluster.create(
        PlainPod.running(
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
  void reportsWhatAContainerSaysOfItsEnd() {
    cluster.create(
        PlainPod.running("says", "printf 'no more flint' > /dev/termination-log; exit 1"));
    cluster.create(
        PlainPod.running(
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
  void failsAPodThatItCannotUnderstand() {
    var pod = PlainPod.running("odd", "true", spec -> spec.withActiveDeadlineSeconds(1L << 60));
    cluster.create(pod);

    var failed = cluster.waitFor("odd", Adoption::over);

    assertThat(failed.getStatus().getReason()).isEqualTo("KubeletError");
  }

  @Test
  void cleansUpAfterAPod() {
    var pod = cluster.create(PlainPod.running("tidy", "echo kept > note"));
    cluster.waitForPhase("tidy", "Succeeded");

    var folder = cluster.options.data().resolve("pods").resolve(pod.getMetadata().getUid());
    await().untilAsserted(() -> assertThat(Files.exists(folder)).isFalse());
  }

  private void assertNothingRuns(String name) {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(cluster.processesOf(name)).isZero());
  }

  private static ContainerStatus main(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  private static PodCondition condition(Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private String message(String pod, String reason) {
    return cluster.events(pod).stream()
        .filter(event -> event.getReason().equals(reason))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }
}
