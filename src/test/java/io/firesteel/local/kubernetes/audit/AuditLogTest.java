package io.firesteel.local.kubernetes.audit;

import static io.firesteel.local.kubernetes.ApiServerFixture.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
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
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void recordsEveryWriteOfAPod() {
    Pod made = cluster.client().resource(pod("life", Map.of("app", "x"))).create();
    cluster.markRunning("life");
    cluster.markTerminated("life", 3);
    cluster.client().pods().withName("life").delete();

    List<AuditEntry> life = of("life");

    assertThat(life)
        .extracting(AuditEntry::verb)
        .containsExactly("create", "bind", "patch", "patch", "delete", "remove");
    assertThat(life)
        .extracting(AuditEntry::phase)
        .containsExactly("Pending", "Pending", "Running", "Failed", "Failed", "Failed");
    assertThat(life).allSatisfy(e -> assertThat(e.uid()).isEqualTo(made.getMetadata().getUid()));
    assertThat(life.getFirst().user()).isEqualTo("system:anonymous");
    assertThat(life.getFirst().userAgent()).startsWith("fabric8-kubernetes-client");
    assertThat(life.getFirst().labels()).containsEntry("app", "x");
    assertThat(life.getFirst().code()).isEqualTo(201);
    assertThat(life.get(1).node()).isEqualTo("laptop");
    assertThat(life.get(3).containers())
        .containsExactly(new AuditEntry.ContainerState("main", "terminated", "Error", 3));
  }

  @Test
  void recordsRejectedWrites() {
    cluster.client().resource(pod("again")).create();
    Throwable refusal = catchThrowable(() -> cluster.client().resource(pod("again")).create());

    AuditEntry last = of("again").getLast();

    assertThat(refusal).isInstanceOf(KubernetesClientException.class);
    assertThat(last.succeeded()).isFalse();
    assertThat(last.code()).isEqualTo(409);
    assertThat(last.reason()).isEqualTo("AlreadyExists");
  }

  @Test
  void recordsOwners() {
    Pod owner = cluster.client().resource(pod("owner")).create();
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
    cluster.client().resource(owned).create();

    assertThat(of("owned").getFirst().ownerReferences())
        .containsExactly(new AuditEntry.Owner("Pod", "owner", owner.getMetadata().getUid()));
  }

  @Test
  void holdsNoSecretAndNoEnvironment() throws IOException {
    cluster
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("keys")
                .endMetadata()
                .addToStringData("key", "hush-hush")
                .build())
        .create();
    cluster
        .client()
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

    assertThat(Files.readString(cluster.folder().resolve("audit.jsonl")))
        .contains("\"keys\"")
        .doesNotContain("hush")
        .doesNotContain("aHVzaC1odXNo");
  }

  @Test
  void ignoresAnIncompleteLastLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("audit.jsonl");
    Files.writeString(
        file,
        "{\"when\":1,\"at\":\"x\",\"verb\":\"create\",\"resource\":\"pods\",\"name\":\"a\","
            + "\"user\":\"u\",\"code\":201}\n{\"when\":2,");

    assertThat(AuditLog.read(file)).singleElement().extracting(AuditEntry::name).isEqualTo("a");
  }

  @Test
  void namesTheInvalidLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("audit.jsonl");
    Files.writeString(file, "nonsense\n");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AuditLog.read(file))
        .withMessageContaining("line 1 is not an audit entry");
  }

  private List<AuditEntry> of(String name) {
    return cluster.audit().stream().filter(entry -> entry.name().equals(name)).toList();
  }
}
