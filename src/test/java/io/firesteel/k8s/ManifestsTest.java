package io.firesteel.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests are valid and pass the restricted pod security standard. */
final class ManifestsTest {

  private static final Manifests EXAMPLE = Manifests.of("overlays/example");
  private static final KubernetesSchemas SCHEMAS = new KubernetesSchemas();

  @ParameterizedTest
  @ValueSource(strings = {"base", "tenant", "overlays/example", "overlays/kind"})
  void everyObjectFitsItsSchema(String folder) {
    Manifests manifests = Manifests.of(folder);
    assertThat(manifests.objects()).isNotEmpty();
    assertThat(manifests.objects().stream().flatMap(o -> SCHEMAS.problems(o).stream())).isEmpty();
  }

  @Test
  void theArgoApplicationFitsItsSchema() throws IOException {
    Manifests argo = Manifests.read(Path.of("k8s/argocd/application.yaml"));
    assertThat(argo.objects().stream().flatMap(o -> SCHEMAS.problems(o).stream())).isEmpty();
  }

  @Test
  void aMisspeltFieldIsAnError() {
    var broken = EXAMPLE.one("StatefulSet", "firesteel").deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) broken.path("spec")).put("replica", 3);
    assertThat(SCHEMAS.problems(broken)).anyMatch(problem -> problem.contains("replica"));
  }

  @Test
  void everyPodPassesTheRestrictedStandard() {
    var pods = new ArrayList<>(EXAMPLE.ofKind("StatefulSet"));
    pods.addAll(EXAMPLE.ofKind("Deployment"));
    assertThat(pods).hasSize(2);
    pods.forEach(workload -> restricted(workload.at("/spec/template/spec")));
  }

  /** The level "restricted" of the Pod Security Standards of Kubernetes. */
  private static void restricted(JsonNode pod) {
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      assertThat(pod.path(field).asBoolean(false)).as(field).isFalse();
    }
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    Set<String> volumes = Set.of("configMap", "emptyDir", "persistentVolumeClaim", "projected");
    for (JsonNode volume : pod.path("volumes")) {
      volume
          .fieldNames()
          .forEachRemaining(
              name -> assertThat(name.equals("name") || volumes.contains(name)).as(name).isTrue());
    }
    for (JsonNode container : pod.path("containers")) {
      JsonNode security = container.path("securityContext");
      assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(Manifests.texts(security.at("/capabilities/drop"))).containsExactly("ALL");
      assertThat(container.at("/resources/requests").has("memory")).isTrue();
      assertThat(container.at("/resources/limits").has("memory")).isTrue();
    }
  }

  @Test
  void imagesHaveAFixedVersion() {
    EXAMPLE.objects().stream()
        .flatMap(object -> object.findValuesAsText("image").stream())
        .forEach(image -> assertThat(image).matches(".+:[0-9].+"));
  }

  @Test
  void selectorsFindThePods() {
    JsonNode worker = EXAMPLE.one("StatefulSet", "firesteel");
    JsonNode labels = worker.at("/spec/template/metadata/labels");
    var selectors =
        List.of(
            worker.at("/spec/selector/matchLabels"),
            EXAMPLE.one("Service", "firesteel").at("/spec/selector"),
            EXAMPLE.one("Service", "firesteel-replicas").at("/spec/selector"),
            EXAMPLE.one("PodDisruptionBudget", "firesteel").at("/spec/selector/matchLabels"),
            EXAMPLE.one("NetworkPolicy", "firesteel").at("/spec/podSelector/matchLabels"));
    for (JsonNode selector : selectors) {
      assertThat(selector).isNotEmpty();
      selector
          .properties()
          .forEach(e -> assertThat(labels.path(e.getKey())).isEqualTo(e.getValue()));
    }
  }

  @Test
  void tenantsStayInTheirNamespaces() {
    for (JsonNode tenant : EXAMPLE.ofKind("ResourceQuota")) {
      String namespace = tenant.at("/metadata/namespace").asText();
      var bindings =
          EXAMPLE.ofKind("RoleBinding").stream()
              .filter(b -> b.at("/metadata/namespace").asText().equals(namespace))
              .map(b ->
                  b.at("/roleRef/name").asText() + " " + b.at("/subjects/0/namespace").asText());
      assertThat(bindings)
          .containsExactlyInAnyOrder("firesteel-drivers firesteel", "spark-driver " + namespace);
    }
  }
}
