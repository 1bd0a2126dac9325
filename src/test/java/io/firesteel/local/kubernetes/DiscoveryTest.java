package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscoveryTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void tellsItsVersionAndGroups() {
    assertThat(cluster.client().getKubernetesVersion().getMinor()).isEqualTo("32");
    assertThat(cluster.client().getApiGroups().getGroups())
        .extracting(g -> g.getName())
        .contains("apps", "policy", "scheduling.volcano.sh");
    assertThat(cluster.client().getApiResources("v1").getResources())
        .extracting(r -> r.getName())
        .contains("pods", "pods/log", "pods/status", "configmaps");
  }

  @Test
  void tellsEverythingAtOnceWhenAsked() {
    JsonNode list =
        cluster
            .send(
                "GET",
                "/apis",
                "",
                Map.of(
                    "Accept",
                    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"))
            .json();

    assertThat(list.path("kind").asText()).isEqualTo("APIGroupDiscoveryList");
    assertThat(list.at("/items/0/versions/0/resources/0/resource").asText())
        .isEqualTo("statefulsets");
  }

  @Test
  void hasNothingElse() {
    assertThat(cluster.get("/apis/none/v1").code()).isEqualTo(404);
    assertThat(cluster.get("/api/v2").code()).isEqualTo(404);
    assertThat(cluster.get("/").code()).isEqualTo(404);
    assertThat(cluster.get("/api/v1/namespaces/a/b/c/d/e").code()).isEqualTo(404);
    assertThat(cluster.send("PUT", "/api/v1/pods", "{}", Map.of()).code()).isEqualTo(405);
  }

  @Test
  void showsAnEventFromBothSides() {
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName("e1")
            .withNamespace(ApiServerFixture.NAMESPACE)
            .endMetadata()
            .withNewInvolvedObject()
            .withKind("Pod")
            .withName("p")
            .withUid("u-1")
            .endInvolvedObject()
            .withReason("Started")
            .withMessage("it runs")
            .build();
    cluster.client().v1().events().resource(event).create();

    var other = cluster.client().events().v1().events().withName("e1").get();

    assertThat(other.getNote()).isEqualTo("it runs");
    assertThat(other.getRegarding().getName()).isEqualTo("p");
    assertThat(
            cluster.client().v1().events().withField("involvedObject.uid", "u-1").list().getItems())
        .hasSize(1);
    assertThat(
            cluster.client().v1().events().withField("involvedObject.uid", "x").list().getItems())
        .isEmpty();
  }

  @Test
  void servesOtherGroupsAlike() {
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName("l")
            .withNamespace(ApiServerFixture.NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity("me")
            .endSpec()
            .build();

    cluster.client().resource(lease).create();

    assertThat(cluster.client().leases().withName("l").get().getSpec().getHolderIdentity())
        .isEqualTo("me");
  }
}
