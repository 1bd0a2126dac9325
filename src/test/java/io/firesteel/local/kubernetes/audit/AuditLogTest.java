package io.firesteel.local.kubernetes.audit;

import static io.firesteel.local.kubernetes.ApiServerFixture.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.kubernetes.ApiServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditLogTest {
  private final ApiServerFixture cluster =
      ApiServerFixture.start(
          kubernetesApiOptions -> kubernetesApiOptions.withTokens(Map.of("t0ken", "worker")));

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void tellsAPodsWholeLife() {
    try (KubernetesClient worker = as("t0ken")) {
      Pod made = worker.resource(pod("life", Map.of("app", "x"))).create();
      cluster.markRunning("life");
      cluster.markTerminated("life", 3);
      worker.pods().withName("life").delete();

      List<AuditEntry> life = of("life");

      assertThat(life)
          .extracting(AuditEntry::verb)
          .containsExactly("create", "bind", "patch", "patch", "delete", "remove");
      assertThat(life)
          .extracting(AuditEntry::phase)
          .containsExactly("Pending", "Pending", "Running", "Failed", "Failed", "Failed");
      assertThat(life).allSatisfy(e -> assertThat(e.uid()).isEqualTo(made.getMetadata().getUid()));
      assertThat(life.getFirst().user()).isEqualTo("worker");
      assertThat(life.getFirst().userAgent()).startsWith("fabric8-kubernetes-client");
      assertThat(life.getFirst().labels()).containsEntry("app", "x");
      assertThat(life.getFirst().code()).isEqualTo(201);
      assertThat(life.get(1).node()).isEqualTo("laptop");
      assertThat(life.get(3).containers())
          .containsExactly(new AuditEntry.ContainerState("main", "terminated", "Error", 3));
    }
  }

  @Test
  void keepsRefusedWritesToo() {
    try (KubernetesClient worker = as("t0ken")) {
      worker.resource(pod("again")).create();
      Throwable refusal = catchThrowable(() -> worker.resource(pod("again")).create());

      AuditEntry last = of("again").getLast();

      assertThat(refusal).isInstanceOf(KubernetesClientException.class);
      assertThat(last.succeeded()).isFalse();
      assertThat(last.code()).isEqualTo(409);
      assertThat(last.reason()).isEqualTo("AlreadyExists");
    }
  }

  @Test
  void namesOwners() {
    try (KubernetesClient worker = as("t0ken")) {
      Pod owner = worker.resource(pod("owner")).create();
      Pod owned =
          new PodBuilder(pod("owned"))
              .editMetadata()
              .addNewOwnerReference()
              .withApiVersion("v1")
              .withKind("Pod")
              .withName("owner")
              .withUid(owner.getMetadata().getUid())
              .endOwnerReference()
              .endMetadata()
              .build();
      worker.resource(owned).create();

      assertThat(of("owned").getFirst().ownerReferences())
          .containsExactly(new AuditEntry.Owner("Pod", "owner", owner.getMetadata().getUid()));
    }
  }

  @Test
  void holdsNoSecretAndNoEnvironment() throws IOException {
    try (KubernetesClient worker = as("t0ken")) {
      worker
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withName("keys")
                  .endMetadata()
                  .addToStringData("key", "hush-hush")
                  .build())
          .create();
      worker
          .resource(
              new PodBuilder(pod("env"))
                  .editSpec()
                  .editFirstContainer()
                  .addNewEnv()
                  .withName("A")
                  .withValue("hush-hush")
                  .endEnv()
                  .endContainer()
                  .endSpec()
                  .build())
          .create();
    }

    assertThat(Files.readString(cluster.folder().resolve("audit.jsonl")))
        .contains("\"keys\"")
        .doesNotContain("hush")
        .doesNotContain("aHVzaC1odXNo");
  }

  @Test
  void refusesTokensItDoesNotKnow() {
    try (KubernetesClient stranger = as("other")) {
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> stranger.pods().list())
          .satisfies(e -> assertThat(e.getCode()).isEqualTo(401));
    }
  }

  @Test
  void leavesOutALineThatIsStillBeingWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("audit.jsonl");
    Files.writeString(
        file,
        "{\"when\":1,\"at\":\"x\",\"verb\":\"create\",\"resource\":\"pods\",\"name\":\"a\","
            + "\"user\":\"u\",\"code\":201}\n{\"when\":2,");

    assertThat(AuditLog.read(file)).singleElement().extracting(AuditEntry::name).isEqualTo("a");
  }

  @Test
  void saysWhichLineIsBroken(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("audit.jsonl");
    Files.writeString(file, "nonsense\n");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AuditLog.read(file))
        .withMessageContaining("line 1 is not an audit entry");
  }

  private List<AuditEntry> of(String name) {
    return cluster.audit().stream().filter(entry -> entry.name().equals(name)).toList();
  }

  private KubernetesClient as(String token) {
    return new KubernetesClientBuilder().withConfig(cluster.config(token)).build();
  }
}
