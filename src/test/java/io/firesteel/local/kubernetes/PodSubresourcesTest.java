package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodSubresourcesTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void bindsAPodToANodeOnce() {
    cluster.create("bound");

    cluster
        .client()
        .bindings()
        .resource(
            new BindingBuilder()
                .withNewMetadata()
                .withName("bound")
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName("laptop")
                .endTarget()
                .build())
        .create();
    var again = post("bound/binding", "{\"target\":{\"name\":\"other\"}}");

    Pod pod = cluster.client().pods().withName("bound").get();
    assertThat(pod.getSpec().getNodeName()).isEqualTo("laptop");
    assertThat(pod.getStatus().getConditions().getFirst().getType()).isEqualTo("PodScheduled");
    assertThat(again.code()).isEqualTo(409);
  }

  @Test
  void evictsAPodWithAReason() {
    cluster.create("evicted");
    cluster.markRunning("evicted");

    boolean done = cluster.client().pods().withName("evicted").evict();

    Pod pod = cluster.client().pods().withName("evicted").get();
    assertThat(done).isTrue();
    assertThat(pod.getMetadata().getDeletionTimestamp()).isNotEmpty();
    assertThat(pod.getStatus().getConditions())
        .anySatisfy(c -> assertThat(c.getReason()).isEqualTo("EvictionByEvictionAPI"));
  }

  @Test
  void enforcesAResourceQuota() {
    cluster.send(
        "POST",
        "/api/v1/namespaces/team-b/resourcequotas",
        "{\"metadata\":{\"name\":\"small\"},\"spec\":{\"hard\":{\"pods\":\"1\",\"requests.memory\":\"1Gi\"}}}",
        Map.of());
    String big =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\","
            + "\"resources\":{\"requests\":{\"memory\":\"%s\"}}}]}}";
    String pods = "/api/v1/namespaces/team-b/pods";

    var tooBig = cluster.post(pods, big.formatted("a", "2Gi"));
    var fits = cluster.post(pods, big.formatted("a", "512Mi"));
    var tooMany = cluster.post(pods, big.formatted("b", "1Mi"));

    assertThat(tooBig.code()).isEqualTo(403);
    assertThat(fits.code()).isEqualTo(201);
    assertThat(tooMany.json().path("message").asText())
        .isEqualTo(
            "pods \"b\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1,"
                + " limited: pods=1");
  }

  private ApiServerFixture.Response post(String path, String body) {
    return cluster.post("/api/v1/namespaces/team-a/pods/" + path, body);
  }
}
