package io.firesteel.local.kubernetes;

import static io.firesteel.local.kubernetes.ApiServerFixture.NAMESPACE;
import static io.firesteel.local.kubernetes.ApiServerFixture.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteTest {
  private static final String PODS = "/api/v1/namespaces/team-a/pods";

  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void givesARunningPodItsGracePeriod() {
    cluster.create("graceful");
    cluster.markRunning("graceful");

    cluster.client().pods().withName("graceful").delete();

    Pod going = cluster.client().pods().withName("graceful").get();
    assertThat(going.getMetadata().getDeletionTimestamp()).isNotEmpty();
    assertThat(going.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
    cluster.client().pods().withName("graceful").withGracePeriod(0).delete();
    assertThat(cluster.client().pods().withName("graceful").get()).isNull();
  }

  @Test
  void shortensTheGracePeriodOnly() {
    cluster.create("hurry");
    cluster.markRunning("hurry");

    cluster.client().pods().withName("hurry").withGracePeriod(20).delete();
    cluster.client().pods().withName("hurry").withGracePeriod(25).delete();
    cluster.client().pods().withName("hurry").withGracePeriod(5).delete();

    assertThat(
            cluster
                .client()
                .pods()
                .withName("hurry")
                .get()
                .getMetadata()
                .getDeletionGracePeriodSeconds())
        .isEqualTo(5);
  }

  @Test
  void removesAnUnscheduledOrFinishedPodAtOnce() {
    cluster.create("unscheduled");
    cluster.create("over");
    cluster.markRunning("over");
    cluster.markTerminated("over", 0);

    cluster.client().pods().withName("unscheduled").delete();
    cluster.client().pods().withName("over").delete();

    assertThat(cluster.client().pods().withName("unscheduled").get()).isNull();
    assertThat(cluster.client().pods().withName("over").get()).isNull();
  }

  @Test
  void deletesOnlyTheUidOfThePrecondition() {
    Pod pod = cluster.create("meant");

    var refused = delete("meant", "{\"preconditions\":{\"uid\":\"other\"}}");
    var done =
        delete("meant", "{\"preconditions\":{\"uid\":\"" + pod.getMetadata().getUid() + "\"}}");

    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.json().path("message").asText()).contains("UID in precondition: other");
    assertThat(done.code()).isEqualTo(200);
    assertThat(delete("meant", "").code()).isEqualTo(404);
  }

  @Test
  void waitsForFinalizers() {
    Pod held =
        new PodBuilder(pod("held")).editMetadata().withFinalizers("x/hold").endMetadata().build();
    cluster.create(held);

    cluster.client().pods().withName("held").delete();
    assertThat(cluster.client().pods().withName("held").get().getMetadata().getDeletionTimestamp())
        .isNotEmpty();
    cluster
        .client()
        .pods()
        .withName("held")
        .edit(p -> new PodBuilder(p).editMetadata().withFinalizers().endMetadata().build());

    assertThat(cluster.client().pods().withName("held").get()).isNull();
  }

  @Test
  void deletesEverythingThatASelectorMatches() {
    cluster.create(pod("many-1", Map.of("batch", "x")));
    cluster.create(pod("many-2", Map.of("batch", "x")));
    cluster.create(pod("kept", Map.of("batch", "y")));

    cluster.send("DELETE", PODS + "?labelSelector=batch%3Dx", "", Map.of());

    assertThat(cluster.client().pods().withLabelIn("batch", "x", "y").list().getItems())
        .singleElement()
        .extracting(p -> p.getMetadata().getName())
        .isEqualTo("kept");
  }

  @Test
  void deletesDependentsOfADeletedOwner() {
    Pod owner = cluster.create("owner");
    owned("dependent", owner);
    owned("dependent-2", owner);

    cluster.client().pods().withName("owner").delete();

    await().untilAsserted(() -> assertThat(maps("dependent", "dependent-2")).isEmpty());
  }

  @Test
  void deletesADependentThatIsCreatedAfterItsOwnersDeletion() {
    Pod owner = cluster.create("short-lived");
    cluster.client().pods().withName("short-lived").delete();

    owned("late", owner);

    await().untilAsserted(() -> assertThat(maps("late")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"propagationPolicy\":\"Foreground\"}",
        "{\"propagationPolicy\":\"Orphan\"}",
        "{\"orphanDependents\":true}"
      })
  void rejectsPropagationThatIsNotInTheBackground(String options) {
    Pod pod = cluster.create("owner-" + Integer.toHexString(options.hashCode()));

    var response = delete(pod.getMetadata().getName(), options);

    assertThat(response.code()).isEqualTo(400);
    assertThat(response.json().path("message").asText())
        .contains("supported values: \"Background\"");
    assertThat(cluster.client().resource(pod).get()).isNotNull();
  }

  @Test
  void emptiesANamespaceBeforeItsRemoval() {
    Namespace doomed =
        new NamespaceBuilder().withNewMetadata().withName("doomed").endMetadata().build();
    cluster.client().resource(doomed).create();
    Pod inside =
        new PodBuilder(pod("inside")).editMetadata().withNamespace("doomed").endMetadata().build();
    cluster.create(inside);
    cluster.bind("doomed", "inside");

    cluster.client().namespaces().withName("doomed").delete();

    await()
        .untilAsserted(() ->
            assertThat(
                    cluster
                        .client()
                        .pods()
                        .inNamespace("doomed")
                        .withName("inside")
                        .get()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNotEmpty());
    JsonNode refused =
        cluster
            .post("/api/v1/namespaces/doomed/configmaps", "{\"metadata\":{\"name\":\"too-late\"}}")
            .json();
    assertThat(refused.path("code").asInt()).isEqualTo(403);
    assertThat(refused.at("/details/causes/0/reason").asText()).isEqualTo("NamespaceTerminating");
    cluster.client().pods().inNamespace("doomed").withName("inside").withGracePeriod(0).delete();
    await()
        .untilAsserted(
            () -> assertThat(cluster.client().namespaces().withName("doomed").get()).isNull());
  }

  private void owned(String name, Pod owner) {
    cluster
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .addToOwnerReferences(reference(owner))
                .endMetadata()
                .build())
        .create();
  }

  private static OwnerReference reference(Pod owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Pod")
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  private List<String> maps(String... names) {
    return cluster.client().configMaps().list().getItems().stream()
        .map(m -> m.getMetadata().getName())
        .filter(List.of(names)::contains)
        .toList();
  }

  private ApiServerFixture.Response delete(String name, String options) {
    return cluster.send("DELETE", PODS + "/" + name, options, Map.of());
  }
}
