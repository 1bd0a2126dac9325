package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.driver.Creation;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Placement;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Creation against an API server that answers as the real one does. */
final class DriverPodClientTest {

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
  private DriverPodClient driverPods;

  @BeforeEach
  void start() {
    api = KubernetesApi.start(KubernetesApiOptions.defaults().withNamespaces(NAMESPACE));
    client = ApiClient.to(api.url());
    driverPods = new DriverPodClient(client, SamplePods.INSTALLATION, true);
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void aDriverWhoseBuildThrowsIsRejectedAsABug() throws IOException {
    ObjectNode tree = (ObjectNode) JsonCodec.toTree(desired(NAMESPACE));
    tree.remove("placement");
    DesiredDriver broken = JsonCodec.read(JsonCodec.write(tree), DesiredDriver.class);

    assertThat(driverPods.create(broken, 0, OWNED))
        .isInstanceOfSatisfying(
            Effect.CallResult.PermanentFailure.class,
            rejected -> assertThat(rejected.failure().reason()).isEqualTo("Bug"));
  }

  @Test
  void createsADriverAndItsObjects() throws IOException {
    assertThat(driverPods.create(desired(NAMESPACE), 0, OWNED))
        .isInstanceOf(Effect.CallResult.Completed.class);

    Pod pod = client.pods().inNamespace(NAMESPACE).withName(SamplePods.driverPodName()).get();
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
  void findsEverythingWhenTheCreationIsRepeated() throws IOException {
    driverPods.create(desired(NAMESPACE), 0, OWNED);
    Pod first = client.pods().inNamespace(NAMESPACE).withName(SamplePods.driverPodName()).get();

    assertThat(driverPods.create(desired(NAMESPACE), 0, OWNED))
        .isInstanceOf(Effect.CallResult.Completed.class);
    assertThat(client.pods().inNamespace(NAMESPACE).list().getItems())
        .singleElement()
        .satisfies(
            pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid()));
  }

  @Test
  void findsTheDriverByItsNameWhateverItsLabelsAre() throws IOException {
    driverPods.create(desired(NAMESPACE), 0, OWNED);
    Pod created =
        client
            .pods()
            .inNamespace(NAMESPACE)
            .withName(SamplePods.driverPodName())
            .edit(pod ->
                new PodBuilder(pod)
                    .editMetadata()
                    .withLabels(Map.of())
                    .withAnnotations(Map.of())
                    .endMetadata()
                    .build());
    String uid = created.getMetadata().getUid();

    for (Effect.CallResult result :
        List.of(
            driverPods.get(new Effect.GetPod(SamplePods.FIRST, NAMESPACE, uid), 0),
            driverPods.get(new Effect.GetPod(SamplePods.FIRST, NAMESPACE, null), 0),
            driverPods.create(desired(NAMESPACE), 0, OWNED))) {
      assertThat(result)
          .isInstanceOfSatisfying(
              Effect.CallResult.Completed.class,
              completed -> {
                assertThat(completed.pod()).extracting(PodView::uid).isEqualTo(uid);
                assertThat(completed.pod()).extracting(PodView::watched).isEqualTo(false);
              });
    }
  }

  @Test
  void createsNoConfigMapForALatePod() throws IOException {
    Effect.CallResult result = driverPods.create(desired(NAMESPACE), 0, () -> false);

    assertThat(result).isEqualTo(new Effect.CallResult.LeaseLost());
    assertThat(client.pods().inNamespace(NAMESPACE).list().getItems()).hasSize(1);
    assertThat(client.configMaps().inNamespace(NAMESPACE).list().getItems()).isEmpty();
  }

  @Test
  void completesAPodThatAnotherReplicaCreated() throws IOException {
    driverPods.create(desired(NAMESPACE), 0, () -> false);

    assertThat(driverPods.create(desired(NAMESPACE), 0, OWNED))
        .isInstanceOf(Effect.CallResult.Completed.class);
    Pod pod = client.pods().inNamespace(NAMESPACE).withName(SamplePods.driverPodName()).get();
    assertThat(client.configMaps().inNamespace(NAMESPACE).withName(configMapOf(pod)).get())
        .isNotNull();
  }

  @Test
  void doesNotStartAPodWithTheObjectsOfAnEarlierOne() throws IOException {
    driverPods.create(desired(NAMESPACE), 0, OWNED);
    Pod first = client.pods().inNamespace(NAMESPACE).withName(SamplePods.driverPodName()).get();
    client.resource(first).withGracePeriod(0).delete();

    driverPods.create(desired(NAMESPACE), 0, () -> false);

    Pod late = client.pods().inNamespace(NAMESPACE).withName(SamplePods.driverPodName()).get();
    assertThat(configMapOf(late)).isNotEqualTo(configMapOf(first));
  }

  private static String configMapOf(Pod pod) {
    return Creation.configMapOf(pod).orElseThrow();
  }

  @Test
  void rejectsAForeignPodOfTheSameName() throws IOException {
    Pod foreign =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(SamplePods.driverPodName())
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("theirs")
                    .withImage("theirs:1")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();

    assertThat(failure(driverPods.create(desired(NAMESPACE), 0, OWNED)).reason())
        .isEqualTo("NameTaken");
    assertThat(
            client
                .pods()
                .inNamespace(NAMESPACE)
                .withName(SamplePods.driverPodName())
                .get()
                .getMetadata())
        .extracting("uid", "deletionTimestamp")
        .containsExactly(foreign.getMetadata().getUid(), null);
  }

  @Test
  void rejectsTheDriverOfAnotherInstallationWithTheSameName() throws IOException {
    var another = new DriverPodClient(client, "another", true);
    another.create(desired(NAMESPACE), 0, OWNED);
    Pod theirs = client.pods().inNamespace(NAMESPACE).withName(SamplePods.driverPodName()).get();

    assertThat(failure(driverPods.create(desired(NAMESPACE), 0, OWNED)).reason())
        .isEqualTo("NameTaken");
    assertThat(driverPods.get(new Effect.GetPod(SamplePods.FIRST, NAMESPACE, null), 0))
        .isEqualTo(new Effect.CallResult.Completed(null));
    assertThat(
            client
                .pods()
                .inNamespace(NAMESPACE)
                .withName(SamplePods.driverPodName())
                .get()
                .getMetadata())
        .extracting("uid", "deletionTimestamp")
        .containsExactly(theirs.getMetadata().getUid(), null);
  }

  @Test
  void recognizesADriverOfAnEarlierReleaseByTheNameOfItsConfigMap() throws IOException {
    driverPods.create(desired(NAMESPACE), 0, OWNED);
    Pod pod = client.pods().inNamespace(NAMESPACE).withName(SamplePods.driverPodName()).get();
    String prefix = DriverNames.of(SamplePods.FIRST).configMap();
    assertThat(configMapOf(pod)).startsWith(prefix + "-" + SamplePods.INSTALLATION + "-");
    Pod earlier =
        new PodBuilder(pod)
            .editSpec()
            .editMatchingVolume(volume -> configMapOf(pod).equals(volumeConfigMap(volume)))
            .editConfigMap()
            .withName(prefix + "-1a2b3c4d")
            .endConfigMap()
            .endVolume()
            .endSpec()
            .build();

    assertThat(Creation.isDriverOf(SamplePods.FIRST, SamplePods.INSTALLATION, earlier)).isTrue();
  }

  private static @Nullable String volumeConfigMap(VolumeBuilder volume) {
    return volume.buildConfigMap() == null ? null : volume.buildConfigMap().getName();
  }

  @Test
  void reportsAMissingNamespace() throws IOException {
    Failure failure = failure(driverPods.create(desired("nowhere"), 0, OWNED));

    assertThat(failure.category()).isEqualTo(FailureCategory.CONFIGURATION);
    assertThat(failure.message()).contains("nowhere");
  }

  private static Failure failure(Effect.CallResult result) {
    assertThat(result).isInstanceOf(Effect.CallResult.PermanentFailure.class);
    return ((Effect.CallResult.PermanentFailure) result).failure();
  }

  private static DesiredDriver desired(String namespace) throws IOException {
    JsonNode spec = new YAMLMapper().readTree(SPEC);
    return new DesiredDriver(
        SamplePods.FIRST,
        "acme",
        new Placement(namespace, "default", null),
        null,
        false,
        Map.of(),
        null,
        spec);
  }
}
