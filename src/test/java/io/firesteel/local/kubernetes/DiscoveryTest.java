package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
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
  void servesItsVersionAndGroups() {
    assertThat(cluster.client().getKubernetesVersion().getMinor()).isEqualTo("32");
    assertThat(cluster.client().getApiGroups().getGroups())
        .extracting(g -> g.getName())
        .contains("policy", "scheduling.volcano.sh");
    assertThat(cluster.client().getApiResources("v1").getResources())
        .extracting(r -> r.getName())
        .contains("pods", "pods/log", "pods/status", "configmaps");
  }

  @Test
  void answersNotFoundForUnknownPaths() {
    assertThat(cluster.get("/apis/none/v1").code()).isEqualTo(404);
    assertThat(cluster.get("/api/v2").code()).isEqualTo(404);
    assertThat(cluster.get("/").code()).isEqualTo(404);
    assertThat(cluster.get("/api/v1/namespaces/a/b/c/d/e").code()).isEqualTo(404);
    assertThat(cluster.send("PUT", "/api/v1/pods", "{}", Map.of()).code()).isEqualTo(405);
  }

  @Test
  void servesOtherGroupsAlike() {
    var budget =
        new PodDisruptionBudgetBuilder()
            .withNewMetadata()
            .withName("b")
            .withNamespace(ApiServerFixture.NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .withMinAvailable(new IntOrString(1))
            .endSpec()
            .build();

    cluster.client().resource(budget).create();

    assertThat(cluster.client().resource(budget).get().getSpec().getMinAvailable().getIntVal())
        .isEqualTo(1);
  }

  @Test
  void selectsEventsByTheirObject() {
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName("e1")
            .withNamespace(ApiServerFixture.NAMESPACE)
            .endMetadata()
            .withNewInvolvedObject()
            .withUid("u-1")
            .endInvolvedObject()
            .build();
    cluster.client().v1().events().resource(event).create();

    var events = cluster.client().v1().events();
    assertThat(events.withField("involvedObject.uid", "u-1").list().getItems()).hasSize(1);
    assertThat(events.withField("involvedObject.uid", "x").list().getItems()).isEmpty();
  }
}
