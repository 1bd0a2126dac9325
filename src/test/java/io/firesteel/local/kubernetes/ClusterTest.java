package io.firesteel.local.kubernetes;

import static io.firesteel.local.kubernetes.ApiServerFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.rules.BootstrapNamespaces;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The view for other parts of the platform, without HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
  private final KubernetesApi api =
      KubernetesApi.start(KubernetesApiOptions.defaults().withNamespaces(NAMESPACE));
  private final Cluster cluster = api.cluster();

  @AfterAll
  void close() {
    api.close();
  }

  @Test
  void createsChangesAndDeletes() {
    cluster.create("configmaps", NAMESPACE, BootstrapNamespaces.named("m"));
    ObjectNode patch = JsonTrees.object();
    patch.putObject("data").put("a", "1");
    cluster.patch("configmaps", NAMESPACE, "m", patch);

    assertThat(cluster.get("configmaps", NAMESPACE, "m").orElseThrow().at("/data/a").asText())
        .isEqualTo("1");
    assertThat(cluster.list("configmaps", "", "")).hasSize(1);
    cluster.delete("configmaps", NAMESPACE, "m");
    cluster.delete("configmaps", NAMESPACE, "m");
    assertThat(cluster.get("configmaps", NAMESPACE, "m")).isEmpty();
  }

  @Test
  void refusesAsTheApiDoes() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> cluster.create("pods", "nowhere", BootstrapNamespaces.named("p")))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo("Invalid"));
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> cluster.create("secrets", "nowhere", BootstrapNamespaces.named("s")))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(404));
  }

  @Test
  void handsOutCopies() {
    cluster.create("secrets", NAMESPACE, BootstrapNamespaces.named("copy"));

    cluster.get("secrets", NAMESPACE, "copy").orElseThrow().put("type", "changed");

    assertThat(cluster.get("secrets", NAMESPACE, "copy").orElseThrow().path("type").asText())
        .isEqualTo("Opaque");
  }

  @Test
  void watchesWhatIsThereAndWhatComes() {
    List<String> seen = new CopyOnWriteArrayList<>();
    cluster.create("services", NAMESPACE, BootstrapNamespaces.named("there"));
    try (Cluster.Watch _ =
        cluster.watch(
            "services",
            NAMESPACE,
            "",
            event ->
                seen.add(
                    event.type() + " " + JsonTrees.text(event.object(), "metadata", "name")))) {
      cluster.create("services", NAMESPACE, BootstrapNamespaces.named("comes"));
      cluster.delete("services", NAMESPACE, "there");

      await().untilAsserted(() -> assertThat(seen).hasSize(3));
    }
    assertThat(seen).containsExactly("ADDED there", "ADDED comes", "DELETED there");
  }
}
