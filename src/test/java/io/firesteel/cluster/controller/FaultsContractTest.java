package io.firesteel.cluster.controller;

import static io.firesteel.cluster.controller.ContractDrivers.FOREVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Placement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The failures of docs/failures.md that a cluster can be made to show; to be run like {@link
 * ClusterContractTest}. {@link RejectionContractTest} has the quota and the missing image.
 */
@ExtendWith(ContractExtension.class)
final class FaultsContractTest {

  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  /** Takes 20 MB more each second, until its container may not have more. */
  private static final String EATS_MEMORY =
      "x=$(head -c 20000000 /dev/zero | tr '\\0' a); y=; while :; do y=$y$x; sleep 1; done";

  private final ContractCluster cluster;
  private final ContractDrivers drivers;

  FaultsContractTest(ContractCluster cluster, ContractDrivers drivers) {
    this.cluster = cluster;
    this.drivers = drivers;
  }

  @Test
  void aDriverOverItsMemoryLimitIsKilled() {
    DesiredDriver driver = drivers.running("eats", EATS_MEMORY);
    cluster.setDesired(driver);

    Failure failure = cluster.failureOf(driver);
    assertThat(failure.reason()).as(failure.message()).isEqualTo("OOMKilled");
    assertThat(failure.category()).isEqualTo(FailureCategory.OUT_OF_MEMORY);
    assertThat(failure.message()).contains("memory limit of");
  }

  @Test
  void anEvictedDriverIsADisruption() {
    DesiredDriver driver = drivers.running("evicted", FOREVER);
    cluster.setDesired(driver);
    cluster.awaitReport(driver, Observation.Started.class);

    assertThat(cluster.pod(driver).evict()).isTrue();

    Failure failure = cluster.failureOf(driver);
    assertThat(failure.reason()).as(failure.message()).isEqualTo("EvictionByEvictionAPI");
    assertThat(failure.category()).isEqualTo(FailureCategory.INFRASTRUCTURE);
  }

  @Test
  void aMissingSecretEndsTheAttempt() {
    DesiredDriver driver =
        drivers.running(
            "no-secret",
            FOREVER,
            spec ->
                spec.withObject("/driver/envSecretKeyRefs/TOKEN")
                    .put("name", "nobody-made-it")
                    .put("key", "token"));
    cluster.setDesired(driver);

    Failure failure = cluster.failureOf(driver);
    assertThat(failure.reason()).as(failure.message()).isEqualTo("CreateContainerConfigError");
    assertThat(failure.message()).contains("nobody-made-it");
  }

  @Test
  void aNodeSelectorThatNoNodeMatchesEndsTheAttempt() {
    DesiredDriver driver =
        drivers.running(
            "no-node",
            FOREVER,
            spec -> spec.withObject("/driver/nodeSelector").put("firesteel.io/disk", "of-gold"));
    cluster.setDesired(driver);

    Failure failure = cluster.failureOf(driver);
    assertThat(failure.reason()).as(failure.message()).isEqualTo("Unschedulable");
    assertThat(failure.category()).isEqualTo(FailureCategory.CAPACITY);
  }

  @Test
  void aLimitRangeRejectsADriver() {
    var ranges = cluster.client().limitRanges().inNamespace(cluster.namespace());
    ranges
        .resource(
            new LimitRangeBuilder()
                .withNewMetadata()
                .withName("small")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .withMax(Map.of("memory", new Quantity("100Mi")))
                .endLimit()
                .endSpec()
                .build())
        .create();
    try {
      DesiredDriver driver =
          drivers.running(
              "too-big", FOREVER, spec -> spec.withObject("/driver").put("memory", "200m"));
      awaitRejection(driver, "LimitRange", "maximum memory usage per Container is 100Mi");
    } finally {
      ranges.withName("small").delete();
    }
  }

  @Test
  void podSecurityRejectsADriver() {
    label("baseline");
    try {
      DesiredDriver driver =
          drivers.running(
              "on-the-host",
              FOREVER,
              spec -> spec.withObject("/driver/template/spec").put("hostNetwork", true));
      awaitRejection(driver, "Forbidden", "violates PodSecurity \"baseline:");
    } finally {
      label("privileged");
    }
  }

  private void label(String level) {
    cluster
        .client()
        .namespaces()
        .withName(cluster.namespace())
        .edit(namespace -> {
          namespace.getMetadata().getLabels().put(ENFORCE, level);
          return namespace;
        });
  }

  @Test
  void aNamespaceThatIsBeingDeletedRejectsADriver() {
    String name = cluster.namespace() + "-ending";
    var namespaces = cluster.client().namespaces();
    namespaces
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    var held = cluster.client().configMaps().inNamespace(name).withName("held");
    cluster
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(name)
                .withName("held")
                .withFinalizers("example.org/contract")
                .endMetadata()
                .build())
        .create();
    try {
      namespaces.withName(name).delete();
      awaitRejection(
          drivers.in(new Placement(name, "spark"), drivers.running("too-late", FOREVER)),
          "NamespaceTerminating",
          "being terminated");
    } finally {
      held.edit(map -> {
        map.getMetadata().setFinalizers(List.of());
        return map;
      });
    }
  }

  /** An API server of several replicas learns of a change in a moment. */
  private void awaitRejection(DesiredDriver driver, String reason, String inMessage) {
    await()
        .atMost(ContractCluster.SOON)
        .untilAsserted(() -> {
          Effect.CallResult result = cluster.drivers().create(driver, 0, () -> true);
          if (result instanceof Effect.CallResult.Completed) {
            cluster.pod(driver).withGracePeriod(0).delete();
          }
          assertThat(result).isInstanceOf(Effect.CallResult.PermanentFailure.class);
          Failure failure = ((Effect.CallResult.PermanentFailure) result).failure();
          assertThat(failure.reason()).as(failure.message()).isEqualTo(reason);
          assertThat(failure.message()).contains(inMessage);
        });
  }
}
