package io.firesteel.local.kubelet;

import static io.firesteel.local.kubelet.ShellPod.condition;
import static io.firesteel.local.kubelet.ShellPod.main;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pods that cannot start yet, and the reasons that they report. */
class PendingPodTest extends SingleNodeFixture {

  @Test
  void mountsAVolumeOnceItExists() throws IOException {
    cluster.create(
        ShellPod.running(
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
        ShellPod.running(
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
  void backsOffFromPullingAMissingImage() {
    var pod = ShellPod.running("pulls", "true");
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
  void reportsWhyAPodDoesNotFitAndBindsItWhenItDoes() {
    cluster.create(ShellPod.running("big", "sleep 600", PendingPodTest::large));
    cluster.waitForPhase("big", "Running");
    cluster.create(ShellPod.running("bigger", "true", PendingPodTest::large));
    var waiting = cluster.waitFor("bigger", pod -> !pod.getStatus().getConditions().isEmpty());
    assertThat(condition(waiting, "PodScheduled").getReason()).isEqualTo("Unschedulable");
    assertThat(condition(waiting, "PodScheduled").getMessage())
        .startsWith("0/1 nodes are available: 1 Insufficient memory.");
    await().untilAsserted(() -> assertThat(cluster.reasons("bigger")).contains("FailedScheduling"));

    cluster.client.pods().withName("big").withGracePeriod(0).delete();

    cluster.waitForPhase("bigger", "Succeeded");
  }

  private static PodSpecBuilder large(PodSpecBuilder spec) {
    return spec.editContainer(0)
        .withNewResources()
        .withRequests(Map.of("memory", new Quantity("3Gi")))
        .endResources()
        .endContainer();
  }

  private String message(String pod, String reason) {
    return cluster.events(pod).stream()
        .filter(event -> event.getReason().equals(reason))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }
}
