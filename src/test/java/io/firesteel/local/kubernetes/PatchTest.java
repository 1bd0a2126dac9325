package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatchTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void appliesAJsonPatch() {
    cluster.create("json");

    Pod after =
        patch(
            "json",
            PatchType.JSON,
            "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"a\":\"b\"}}]");

    assertThat(after.getMetadata().getLabels()).containsEntry("a", "b");
  }

  @Test
  void rejectsAJsonPatchThatDoesNotApply() {
    cluster.create("unfit");

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                patch(
                    "unfit",
                    PatchType.JSON,
                    "[{\"op\":\"test\",\"path\":\"/metadata/name\",\"value\":\"x\"}]"));

    assertThat(refusal.getCode()).isEqualTo(422);
  }

  @Test
  void appliesAMergePatchInWhichNullRemoves() {
    cluster.create("merge");
    patch("merge", PatchType.JSON_MERGE, "{\"metadata\":{\"labels\":{\"a\":\"1\",\"b\":\"2\"}}}");

    Pod after = patch("merge", PatchType.JSON_MERGE, "{\"metadata\":{\"labels\":{\"a\":null}}}");

    assertThat(after.getMetadata().getLabels()).containsOnlyKeys("b");
  }

  @Test
  void mergesListsByTheirKeysInAStrategicPatch() {
    cluster.create("strategic");

    Pod after =
        patch(
            "strategic",
            PatchType.STRATEGIC_MERGE,
            "{\"spec\":{\"$setElementOrder/containers\":[{\"name\":\"main\"}],"
                + "\"containers\":[{\"name\":\"main\",\"image\":\"example/app:9\"}]}}");

    assertThat(after.getSpec().getContainers()).hasSize(1);
    assertThat(after.getSpec().getContainers().getFirst().getImage()).isEqualTo("example/app:9");
    assertThat(after.getSpec().getContainers().getFirst().getImagePullPolicy()).isNotEmpty();
  }

  @Test
  void appliesEditsOfFabric8() {
    cluster.create("edit");

    Pod after =
        cluster
            .client()
            .pods()
            .withName("edit")
            .edit(pod -> {
              pod.getMetadata().setLabels(Map.of("x", "y"));
              return pod;
            });

    assertThat(after.getMetadata().getLabels()).containsEntry("x", "y");
  }

  @Test
  void rejectsAPatchOfAnotherVersion() {
    cluster.create("version");

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                patch(
                    "version",
                    PatchType.JSON_MERGE,
                    "{\"metadata\":{\"resourceVersion\":\"1\",\"labels\":{\"a\":\"b\"}}}"));

    assertThat(refusal.getCode()).isEqualTo(409);
  }

  @Test
  void rejectsAStrategicPatchOfACustomResource() {
    String groups = "/apis/scheduling.volcano.sh/v1beta1/namespaces/team-a/podgroups";
    cluster.post(groups, "{\"metadata\":{\"name\":\"g\"},\"spec\":{\"minMember\":3}}");

    var refused = patchRaw(groups + "/g", "application/strategic-merge-patch+json");
    var merged = patchRaw(groups + "/g", "application/merge-patch+json");

    assertThat(refused.code()).isEqualTo(415);
    assertThat(merged.json().path("spec").path("minMember").asInt()).isEqualTo(4);
    assertThat(merged.json().path("metadata").path("generation").asInt()).isEqualTo(2);
  }

  private ApiServerFixture.Response patchRaw(String path, String type) {
    return cluster.send(
        "PATCH", path, "{\"spec\":{\"minMember\":4}}", Map.of("Content-Type", type));
  }

  private Pod patch(String name, PatchType type, String patch) {
    return cluster.client().pods().withName(name).patch(PatchContext.of(type), patch);
  }
}
