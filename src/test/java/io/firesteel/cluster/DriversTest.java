package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.driver.Creation;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Placement;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.Options;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Creation against an API server that answers as the real one does. */
final class DriversTest {

  private static final String NAMESPACE = "acme-jobs";
  private static final BooleanSupplier OWNED = () -> true;
  private static final String SPEC =
      """
      type: Java
      sparkVersion: 4.1.1
      image: spark:4.1.1
      mainClass: org.example.Main
      mainApplicationFile: local:///main.jar
      driver: {cores: 1, memory: 1g}
      executor: {instances: 1, cores: 1, memory: 1g}
      """;

  private KubernetesApi api;
  private KubernetesClient client;
  private Drivers drivers;

  @BeforeEach
  void start() {
    api = KubernetesApi.start(Options.any().withNamespaces(NAMESPACE));
    client = ApiClient.to(api.url());
    drivers = new Drivers(client);
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void createsADriverWithWhatBelongsToIt() throws IOException {
    assertThat(drivers.create(wanted(NAMESPACE), 0, OWNED)).isInstanceOf(Effect.Outcome.Done.class);

    Pod pod = client.pods().inNamespace(NAMESPACE).withName(Pods.name()).get();
    assertThat(client.configMaps().inNamespace(NAMESPACE).list().getItems())
        .isNotEmpty()
        .allSatisfy(owned ->
            assertThat(owned.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(
                    owner -> assertThat(owner.getUid()).isEqualTo(pod.getMetadata().getUid())));
    assertThat(client.services().inNamespace(NAMESPACE).list().getItems()).hasSize(1);
  }

  @Test
  void findsEverythingThereTheSecondTime() throws IOException {
    drivers.create(wanted(NAMESPACE), 0, OWNED);
    Pod first = client.pods().inNamespace(NAMESPACE).withName(Pods.name()).get();

    assertThat(drivers.create(wanted(NAMESPACE), 0, OWNED)).isInstanceOf(Effect.Outcome.Done.class);
    assertThat(client.pods().inNamespace(NAMESPACE).list().getItems())
        .singleElement()
        .satisfies(
            pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid()));
  }

  @Test
  void aPodThatIsMadeTooLateGetsNothingToStartWith() throws IOException {
    Effect.Outcome outcome = drivers.create(wanted(NAMESPACE), 0, () -> false);

    assertThat(outcome).isEqualTo(new Effect.Outcome.NotOurs());
    assertThat(client.pods().inNamespace(NAMESPACE).list().getItems()).hasSize(1);
    assertThat(client.configMaps().inNamespace(NAMESPACE).list().getItems()).isEmpty();
  }

  @Test
  void theOwnerCompletesAPodThatAnotherMade() throws IOException {
    drivers.create(wanted(NAMESPACE), 0, () -> false);

    assertThat(drivers.create(wanted(NAMESPACE), 0, OWNED)).isInstanceOf(Effect.Outcome.Done.class);
    Pod pod = client.pods().inNamespace(NAMESPACE).withName(Pods.name()).get();
    assertThat(client.configMaps().inNamespace(NAMESPACE).withName(configMapOf(pod)).get())
        .isNotNull();
  }

  @Test
  void whatIsLeftOfAnEarlierPodDoesNotStartALateOne() throws IOException {
    drivers.create(wanted(NAMESPACE), 0, OWNED);
    Pod first = client.pods().inNamespace(NAMESPACE).withName(Pods.name()).get();
    client.resource(first).withGracePeriod(0).delete();

    drivers.create(wanted(NAMESPACE), 0, () -> false);

    Pod late = client.pods().inNamespace(NAMESPACE).withName(Pods.name()).get();
    assertThat(configMapOf(late)).isNotEqualTo(configMapOf(first));
  }

  private static String configMapOf(Pod pod) {
    return Creation.of(pod, 0).orElseThrow().configMap();
  }

  @Test
  void refusesToTakeAPodThatIsNotOurs() throws IOException {
    Pod foreign =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(Pods.name())
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("theirs")
                    .withImage("theirs:1")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();

    assertThat(failure(drivers.create(wanted(NAMESPACE), 0, OWNED)).reason())
        .isEqualTo("NameTaken");
    assertThat(client.pods().inNamespace(NAMESPACE).withName(Pods.name()).get().getMetadata())
        .extracting("uid", "deletionTimestamp")
        .containsExactly(foreign.getMetadata().getUid(), null);
  }

  @Test
  void saysThatANamespaceIsMissing() throws IOException {
    Failure failure = failure(drivers.create(wanted("nowhere"), 0, OWNED));

    assertThat(failure.category()).isEqualTo(FailureCategory.CONFIGURATION);
    assertThat(failure.message()).contains("nowhere");
  }

  private static Failure failure(Effect.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Effect.Outcome.Refused.class);
    return ((Effect.Outcome.Refused) outcome).failure();
  }

  private static DesiredDriver wanted(String namespace) throws IOException {
    JsonNode spec = new YAMLMapper().readTree(SPEC);
    return new DesiredDriver(
        Pods.FIRST, "acme", new Placement(namespace, "default"), null, false, Map.of(), null, spec);
  }
}
