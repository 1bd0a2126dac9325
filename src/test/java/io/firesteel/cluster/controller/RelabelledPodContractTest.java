package io.firesteel.cluster.controller;

import static io.firesteel.cluster.controller.ContractDrivers.FOREVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver whose own account changes the labels by which its pod is found. */
@ExtendWith(ContractExtension.class)
final class RelabelledPodContractTest {

  private final ContractCluster cluster;
  private final ContractDrivers drivers;

  RelabelledPodContractTest(ContractCluster cluster, ContractDrivers drivers) {
    this.cluster = cluster;
    this.drivers = drivers;
  }

  /** What the driver changes in its pod. */
  enum Change {
    NOT_MANAGED(meta -> meta.getLabels().remove(PodLabels.MANAGED_BY)),
    OF_ANOTHER_INSTALLATION(meta -> meta.getLabels().put(PodLabels.INSTALLATION, "another")),
    OF_NO_INSTALLATION(meta -> meta.getLabels().remove(PodLabels.INSTALLATION)),
    OF_ANOTHER_PARTITION(meta -> meta.getLabels().put(PodLabels.PARTITION, "1")),
    OF_ANOTHER_ATTEMPT(meta -> meta.getLabels().put(PodLabels.ATTEMPT, "9")),
    OF_ANOTHER_GENERATION(meta -> meta.getLabels().put(PodLabels.GENERATION, "9")),
    OF_ANOTHER_JOB(meta -> meta.getAnnotations().put(PodLabels.JOB_KEY, "contract/another")),
    OF_NO_JOB(meta -> meta.getAnnotations().remove(PodLabels.JOB_KEY)),
    ALL_REMOVED(meta -> {
      meta.setLabels(Map.of());
      meta.setAnnotations(Map.of());
    });

    private final Consumer<ObjectMeta> edit;

    Change(Consumer<ObjectMeta> edit) {
      this.edit = edit;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_MANAGED", "OF_ANOTHER_JOB", "ALL_REMOVED"})
  void holdsItsSlotUntilItEndsAndReportsItsExitCode(Change change) {
    DesiredDriver driver = started(change, "sleep 8; exit 3");

    await()
        .during(Duration.ofSeconds(3))
        .atMost(ContractCluster.SOON)
        .until(() -> cluster.reported(driver).noneMatch(ContractCluster::isEnd));

    assertThat(cluster.awaitReport(driver, Observation.Finished.class).failure())
        .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(3));
    assertThat(cluster.reported(driver).filter(ContractCluster::isEnd)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void isStillStoppedAndReportedGone(Change change) {
    DesiredDriver driver = started(change, FOREVER);

    cluster.setDesired(driver.withStop(true));

    await().atMost(ContractCluster.SOON).until(() -> cluster.pod(driver).get() == null);
    cluster.awaitEnd(driver);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_MANAGED", "OF_NO_JOB"})
  void isReportedGoneWhenItIsDeleted(Change change) {
    DesiredDriver driver = started(change, FOREVER);

    cluster.pod(driver).withGracePeriod(0).delete();

    assertThat(cluster.awaitReport(driver, Observation.Gone.class).failure().reason())
        .isIn("DriverDeleted", "DriverLost");
  }

  @ParameterizedTest
  @EnumSource(names = {"OF_ANOTHER_INSTALLATION", "ALL_REMOVED"})
  void isFoundByTheNextOwnerThatDoesNotKnowItsUid(Change change) {
    DesiredDriver driver = started(change, FOREVER);
    String uid = cluster.awaitReport(driver, Observation.Created.class).uid();

    cluster.takeOver(driver);

    await()
        .atMost(ContractCluster.SOON)
        .until(() ->
            cluster.reported(driver).filter(Observation.Started.class::isInstance).count() == 2);
    assertThat(uidsCreated(driver)).containsOnly(uid);
    assertThat(cluster.reported(driver)).noneMatch(Observation.Rejected.class::isInstance);
    cluster.setDesired(driver.withStop(true));
    cluster.awaitEnd(driver);
  }

  private List<String> uidsCreated(DesiredDriver driver) {
    return cluster
        .reported(driver)
        .filter(Observation.Created.class::isInstance)
        .map(observation -> ((Observation.Created) observation).uid())
        .toList();
  }

  private DesiredDriver started(Change change, String script) {
    String id = "relabelled-" + change.name() + script.length() + "-" + System.nanoTime();
    DesiredDriver driver = drivers.running(id, script);
    cluster.setDesired(driver);
    cluster.awaitReport(driver, Observation.Started.class);
    cluster
        .pod(driver)
        .edit(pod -> {
          change.edit.accept(pod.getMetadata());
          return pod;
        });
    return driver;
  }
}
