package io.firesteel.cluster.controller;

import static io.firesteel.cluster.controller.ContractDrivers.FOREVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Placement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a running Kubernetes says no; to be run like {@link ClusterContractTest}. */
@ExtendWith(ContractExtension.class)
final class RejectionContractTest {

  private final ContractCluster cluster;
  private final ContractDrivers drivers;

  RejectionContractTest(ContractCluster cluster, ContractDrivers drivers) {
    this.cluster = cluster;
    this.drivers = drivers;
  }

  @Test
  void aForeignPodWithTheDriversNameIsLeftAlone() {
    DesiredDriver driver = drivers.running("taken", FOREVER);
    Pod theirs =
        cluster.client().resource(drivers.plain(DriverNames.of(driver.attempt()).pod())).create();
    cluster.setDesired(driver);

    Failure failure = cluster.awaitReport(driver, Observation.Rejected.class).failure();
    assertThat(failure.reason()).isEqualTo("NameTaken");
    assertThat(cluster.pod(driver).get().getMetadata())
        .extracting("uid", "deletionTimestamp")
        .containsExactly(theirs.getMetadata().getUid(), null);
  }

  @Test
  void anImageThatCannotBePulledEndsTheAttempt() {
    String image = "registry.invalid/firesteel/contract:missing";
    DesiredDriver driver = drivers.running("no-image", FOREVER, spec -> spec.put("image", image));
    cluster.setDesired(driver);

    Failure failure = cluster.failureOf(driver);
    assertThat(failure.category()).isEqualTo(FailureCategory.IMAGE);
    assertThat(failure.message()).contains(image);
  }

  @Test
  void rejectionsAreClassified() {
    Placement nowhere = new Placement("firesteel-contract-nowhere", "spark", null);
    assertRejected(drivers.in(nowhere, drivers.running("no-namespace", FOREVER)), "NotFound");
    Placement nobody = new Placement(cluster.namespace(), "nobody", null);
    assertRejected(drivers.in(nobody, drivers.running("no-account", FOREVER)), "Forbidden");
    assertRejected(
        drivers.running("invalid", FOREVER, ContractDrivers::addAContainerWithoutImage), "Invalid");
  }

  @Test
  void anExhaustedQuotaIsRetryable() {
    var quotas = cluster.client().resourceQuotas().inNamespace(cluster.namespace());
    quotas
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("no-big-pods")
                .endMetadata()
                .withNewSpec()
                .withHard(Map.of("limits.memory", new Quantity("100Gi")))
                .endSpec()
                .build())
        .create();
    try {
      DesiredDriver driver =
          drivers.running("big", FOREVER, spec -> spec.withObject("/driver").put("memory", "200g"));
      await()
          .atMost(ContractCluster.SOON)
          .until(() ->
              cluster.drivers().create(driver, 0, () -> true)
                  instanceof Effect.CallResult.PermanentFailure);
      Failure failure = rejection(cluster.drivers().create(driver, 0, () -> true));
      assertThat(failure.reason()).isEqualTo("QuotaExceeded");
      assertThat(failure.category()).isEqualTo(FailureCategory.CAPACITY);
      assertThat(failure.retryable()).isTrue();
    } finally {
      quotas.withName("no-big-pods").delete();
    }
  }

  private void assertRejected(DesiredDriver driver, String reason) {
    Failure failure = rejection(cluster.drivers().create(driver, 0, () -> true));
    assertThat(failure.reason()).as(failure.message()).isEqualTo(reason);
    assertThat(failure.category()).isEqualTo(FailureCategory.CONFIGURATION);
  }

  private static Failure rejection(Effect.CallResult result) {
    assertThat(result).isInstanceOf(Effect.CallResult.PermanentFailure.class);
    return ((Effect.CallResult.PermanentFailure) result).failure();
  }
}
