package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpdateTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void rejectsAnUpdateOfAnOlderVersion() {
    Pod first = cluster.create("stale");
    cluster.client().resource(labelled(first, "a")).update();

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> cluster.client().resource(labelled(first, "b")).update());

    assertThat(refusal.getCode()).isEqualTo(409);
    assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict");
    assertThat(refusal.getStatus().getMessage())
        .isEqualTo(
            "Operation cannot be fulfilled on pods \"stale\": the object has been modified; please"
                + " apply your changes to the latest version and try again");
  }

  @Test
  void keepsTheVersionWhenNothingChanges() {
    Pod first = cluster.create("same");

    Pod second = cluster.client().resource(first).update();

    assertThat(second.getMetadata().getResourceVersion())
        .isEqualTo(first.getMetadata().getResourceVersion());
  }

  @Test
  void allowsOnlyChangesOfAPodsImage() {
    Pod pod = cluster.create("fixed");
    Pod image = edited(pod, container -> container.withImage("example/app:2"));
    Pod command = edited(pod, container -> container.withCommand("sh"));

    assertThat(
            cluster
                .client()
                .resource(image)
                .update()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage())
        .isEqualTo("example/app:2");
    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> cluster.client().resource(unversioned(command)).update());
    assertThat(refusal.getCode()).isEqualTo(422);
    assertThat(refusal.getMessage()).contains("pod updates may not change fields other than");
  }

  @Test
  void rejectsChangesOfImmutableConfigMaps() {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("fixed")
            .endMetadata()
            .addToData("a", "1")
            .withImmutable(true)
            .build();
    cluster.client().resource(map).create();

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                cluster
                    .client()
                    .configMaps()
                    .withName("fixed")
                    .edit(m -> new ConfigMapBuilder(m).addToData("a", "2").build()));

    assertThat(refusal.getCode()).isEqualTo(422);
    assertThat(refusal.getMessage()).contains("field is immutable when `immutable` is set");
  }

  @Test
  void separatesStatusFromTheRest() {
    Pod pod = cluster.create("parts");
    Pod both =
        new PodBuilder(pod)
            .editMetadata()
            .addToLabels("from", "main")
            .endMetadata()
            .editStatus()
            .withPhase("Running")
            .endStatus()
            .build();

    Pod afterMain = cluster.client().resource(both).update();
    Pod afterStatus = cluster.client().resource(unversioned(imaged(both))).updateStatus();

    assertThat(afterMain.getStatus().getPhase()).isEqualTo("Pending");
    assertThat(afterMain.getMetadata().getLabels()).containsEntry("from", "main");
    assertThat(afterStatus.getStatus().getPhase()).isEqualTo("Running");
    assertThat(afterStatus.getSpec().getContainers().getFirst().getImage())
        .isEqualTo("example/app:1");
  }

  @Test
  void keepsTheFieldsThatTheServerOwns() {
    Pod pod = cluster.create("owned");
    Pod forged =
        new PodBuilder(pod)
            .editMetadata()
            .withCreationTimestamp("2000-01-01T00:00:00Z")
            .withDeletionTimestamp("2000-01-01T00:00:00Z")
            .addToLabels("a", "b")
            .endMetadata()
            .build();

    Pod after = cluster.client().resource(forged).update();

    assertThat(after.getMetadata().getCreationTimestamp())
        .isEqualTo(pod.getMetadata().getCreationTimestamp());
    assertThat(after.getMetadata().getDeletionTimestamp()).isNull();
  }

  @Test
  void answersNotFoundForAMissingObject() {
    assertThat(
            cluster
                .send("PUT", "/api/v1/namespaces/team-a/pods/none", "{}", Map.of())
                .json()
                .path("reason")
                .asText())
        .isEqualTo("NotFound");
  }

  private static Pod labelled(Pod pod, String value) {
    return new PodBuilder(pod).editMetadata().addToLabels("l", value).endMetadata().build();
  }

  private static Pod unversioned(Pod pod) {
    return new PodBuilder(pod).editMetadata().withResourceVersion(null).endMetadata().build();
  }

  private static Pod imaged(Pod pod) {
    return edited(pod, container -> container.withImage("example/other:1"));
  }

  private static Pod edited(Pod pod, UnaryOperator<ContainerBuilder> edit) {
    var container = edit.apply(new ContainerBuilder(pod.getSpec().getContainers().getFirst()));
    return new PodBuilder(pod).editSpec().withContainers(container.build()).endSpec().build();
  }
}
