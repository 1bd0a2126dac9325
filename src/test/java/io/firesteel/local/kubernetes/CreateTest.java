package io.firesteel.local.kubernetes;

import static io.firesteel.local.kubernetes.ApiServerFixture.NAMESPACE;
import static io.firesteel.local.kubernetes.ApiServerFixture.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CreateTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @BeforeAll
  void answers() {
    assertThat(cluster.get("/readyz").code()).isEqualTo(200);
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void setsTheFieldsThatTheServerOwns() {
    Pod made = cluster.create("fresh");

    assertThat(made.getMetadata().getUid()).hasSize(36);
    assertThat(made.getMetadata().getResourceVersion()).isNotEmpty();
    assertThat(made.getMetadata().getCreationTimestamp()).isNotEmpty();
    assertThat(made.getStatus().getPhase()).isEqualTo("Pending");
    assertThat(made.getStatus().getQosClass()).isEqualTo("BestEffort");
    assertThat(made.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
    assertThat(made.getSpec().getContainers().getFirst().getImagePullPolicy())
        .isEqualTo("IfNotPresent");
  }

  @Test
  void rejectsASecondObjectOfTheSameName() {
    cluster.create("twice");

    KubernetesClientException refusal = refusal(pod("twice"));

    assertThat(refusal.getCode()).isEqualTo(409);
    assertThat(refusal.getStatus().getReason()).isEqualTo("AlreadyExists");
    assertThat(refusal.getStatus().getMessage()).isEqualTo("pods \"twice\" already exists");
    assertThat(refusal.getStatus().getDetails().getName()).isEqualTo("twice");
    assertThat(refusal.getStatus().getDetails().getKind()).isEqualTo("pods");
  }

  @Test
  void rejectsAMissingNamespace() {
    Pod lost =
        new PodBuilder(pod("lost")).editMetadata().withNamespace("nowhere").endMetadata().build();

    KubernetesClientException refusal = refusal(lost);

    assertThat(refusal.getCode()).isEqualTo(404);
    assertThat(refusal.getStatus().getMessage()).isEqualTo("namespaces \"nowhere\" not found");
  }

  @Test
  void rejectsNamesThatAreNotSubdomains() {
    KubernetesClientException refusal = refusal(pod("Not_A_Name"));

    assertThat(refusal.getCode()).isEqualTo(422);
    assertThat(refusal.getStatus().getReason()).isEqualTo("Invalid");
    assertThat(refusal.getStatus().getDetails().getCauses().getFirst().getField())
        .isEqualTo("metadata.name");
  }

  @Test
  void rejectsServiceNamesThatAreNotDnsLabels() {
    for (String name : new String[] {"1st", "a.b", "a".repeat(64)}) {
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> cluster.client().resource(service(name)).create())
          .satisfies(e -> assertThat(e.getCode()).isEqualTo(422));
    }
  }

  @Test
  void rejectsLabelsThatAreTooLongOrMalformed() {
    assertThat(refusal(pod("l1", Map.of("app", "a".repeat(64)))).getCode()).isEqualTo(422);
    assertThat(refusal(pod("l2", Map.of("app", "not ok"))).getCode()).isEqualTo(422);
    assertThat(refusal(pod("l3", Map.of("/app", "x"))).getCode()).isEqualTo(422);
  }

  @Test
  void rejectsAPodWithoutContainersOrWithAnUnknownMount() {
    Pod empty = new PodBuilder(pod("empty")).editSpec().withContainers().endSpec().build();
    Pod mount =
        new PodBuilder(pod("mount"))
            .editSpec()
            .editFirstContainer()
            .addNewVolumeMount()
            .withName("x")
            .withMountPath("/x")
            .endVolumeMount()
            .endContainer()
            .endSpec()
            .build();

    assertThat(refusal(empty).getMessage()).contains("spec.containers: Required value");
    assertThat(refusal(mount).getMessage())
        .contains("spec.containers[0].volumeMounts[0].name: Not found: \"x\"");
  }

  @Test
  void generatesAName() {
    Pod first = cluster.create(generated());
    Pod second = cluster.create(generated());

    assertThat(first.getMetadata().getName()).matches("made-[a-z0-9]{5}");
    assertThat(second.getMetadata().getName()).isNotEqualTo(first.getMetadata().getName());
  }

  @Test
  void keepsAHeadlessServiceHeadless() {
    Service headless = cluster.client().resource(service("headless")).create();

    assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(headless.getSpec().getType()).isEqualTo("ClusterIP");
  }

  @Test
  void writesNothingInADryRun() {
    cluster.client().resource(pod("dry")).dryRun().create();

    assertThat(cluster.client().pods().withName("dry").get()).isNull();
  }

  @Test
  void encodesStringDataOfASecret() {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("s")
            .endMetadata()
            .addToStringData("key", "value")
            .build();

    Secret made = cluster.client().resource(secret).create();

    assertThat(made.getData()).containsEntry("key", "dmFsdWU=");
    assertThat(made.getType()).isEqualTo("Opaque");
  }

  @Test
  void rejectsBodiesThatAreNotObjectsOfTheKind() {
    String pods = "/api/v1/namespaces/team-a/pods";

    assertThat(cluster.post(pods, "{").code()).isEqualTo(400);
    assertThat(cluster.post(pods, "[]").code()).isEqualTo(400);
    assertThat(cluster.post(pods, "{\"kind\":\"Secret\"}").code()).isEqualTo(400);
    assertThat(cluster.post(pods, "x".repeat(3_200_000)).code()).isEqualTo(413);
    assertThat(cluster.post("/api/v1/namespaces/team-a/pads", "{}").code()).isEqualTo(404);
    assertThat(
            cluster
                .post(pods, "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}")
                .json()
                .path("message")
                .asText())
        .contains("does not match the namespace");
  }

  private static Pod generated() {
    return new PodBuilder(pod("x"))
        .editMetadata()
        .withName(null)
        .withGenerateName("made-")
        .endMetadata()
        .build();
  }

  private static Service service(String name) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withClusterIP("None")
        .addNewPort()
        .withPort(7078)
        .endPort()
        .endSpec()
        .build();
  }

  private KubernetesClientException refusal(Pod pod) {
    return catchThrowableOfType(KubernetesClientException.class, () -> cluster.create(pod));
  }
}
