package io.firesteel.cluster.controller;

import static io.firesteel.cluster.controller.ContractDrivers.FOREVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.firesteel.cluster.api.DriverPodClient;
import io.firesteel.cluster.api.PodReader;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the cluster side takes for granted of Kubernetes, held against a running one: the laptop
 * platform by default, any other with {@code ./firesteel test --kubeconfig FILE --image IMAGE}.
 * Small containers run a shell; nothing here knows which cluster it is.
 */
@ExtendWith(ContractExtension.class)
final class ClusterContractTest {

  private static final BooleanSupplier OWNED = () -> true;

  private final ContractCluster cluster;
  private final ContractDrivers drivers;

  ClusterContractTest(ContractCluster cluster, ContractDrivers drivers) {
    this.cluster = cluster;
    this.drivers = drivers;
  }

  @Test
  void aDriverThatExitsWithZeroSucceeds() {
    DesiredDriver driver = drivers.running("succeeds", "echo done");
    cluster.setDesired(driver);

    assertThat(cluster.awaitReport(driver, Observation.Finished.class).failure()).isNull();
    assertThat(cluster.reported(driver).map(Object::getClass).distinct().toList())
        .startsWith(Observation.Created.class)
        .endsWith(Observation.Finished.class);
  }

  @Test
  void aFailedDriverReportsItsExitCodeAndLogTail() {
    DesiredDriver driver = drivers.running("fails", "echo the last words; exit 3");
    cluster.setDesired(driver);

    Failure failure = cluster.failureOf(driver);
    assertThat(failure.category()).isEqualTo(FailureCategory.APPLICATION);
    assertThat(failure.exitCode()).isEqualTo(3);
    assertThat(failure.logTail()).contains("the last words");
  }

  @Test
  void creatingTwiceFindsTheFirstPodAndDeletingItDeletesWhatItOwns() {
    DesiredDriver driver = drivers.running("twice", FOREVER);
    PodView first = created(cluster.drivers().create(driver, cluster.partition() + 1, OWNED));

    assertThat(created(cluster.drivers().create(driver, cluster.partition() + 1, OWNED)).uid())
        .isEqualTo(first.uid());
    assertThat(owned(driver)).extracting(HasMetadata::getKind).contains("ConfigMap", "Service");
    assertThat(owned(driver))
        .allSatisfy(object ->
            assertThat(object.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(first.uid())));

    cluster.drivers().delete(delete(first, false));
    await().atMost(ContractCluster.SOON).until(() -> owned(driver).isEmpty());
  }

  @Test
  void deletesAnOrphanedDriverOfItsOwnAndLeavesThoseOfOtherInstallationsAlone() {
    DesiredDriver theirs = drivers.running("of-another-installation", FOREVER);
    DesiredDriver ours = drivers.running("of-this-installation", FOREVER);
    var another = new DriverPodClient(cluster.client(), "another", true);
    PodView left = created(another.create(theirs, cluster.partition(), OWNED));
    created(cluster.drivers().create(ours, cluster.partition(), OWNED));

    await().atMost(ContractCluster.SOON).until(() -> cluster.pod(ours).get() == null);

    assertThat(cluster.pod(theirs).get().getMetadata())
        .extracting("uid", "deletionTimestamp")
        .containsExactly(left.uid(), null);
    another.delete(delete(left, true));
  }

  @Test
  void aPodOfALateCreationDoesNotStartUntilTheOwnerCompletesIt() {
    DesiredDriver driver = drivers.running("late", FOREVER);
    cluster.drivers().create(driver, cluster.partition() + 1, () -> false);
    await().atMost(ContractCluster.SOON).until(() -> isBound(cluster.pod(driver).get()));

    await()
        .during(Duration.ofSeconds(3))
        .atMost(ContractCluster.SOON)
        .until(() -> cluster.pod(driver).get().getStatus().getPhase().equals("Pending"));

    cluster.drivers().create(driver, cluster.partition() + 1, OWNED);
    cluster.drivers().delete(delete(read(cluster.awaitRunning(driver)), true));
  }

  private static boolean isBound(Pod pod) {
    return pod.getSpec().getNodeName() != null;
  }

  private static PodView read(Pod pod) {
    return PodReader.read(pod).orElseThrow();
  }

  @Test
  void anotherReplicaFindsTheRunningDriverByItsLabels() {
    DesiredDriver driver = drivers.running("handed-over", FOREVER);
    cluster.setDesired(driver);
    cluster.awaitReport(driver, Observation.Started.class);
    String uid = cluster.awaitReport(driver, Observation.Created.class).uid();

    cluster.takeOver(driver.withPodUid(uid));

    await()
        .atMost(ContractCluster.SOON)
        .until(() ->
            cluster.reported(driver).filter(Observation.Started.class::isInstance).count() == 2);
    assertThat(cluster.pod(driver).get().getMetadata().getUid()).isEqualTo(uid);
  }

  @Test
  void aStoppedDriverIsDeletedAndReportedGone() {
    DesiredDriver driver = drivers.running("stopped", FOREVER);
    cluster.setDesired(driver);
    cluster.awaitReport(driver, Observation.Started.class);

    cluster.setDesired(driver.withStop(true));

    await().atMost(ContractCluster.SOON).until(() -> cluster.pod(driver).get() == null);
    cluster.awaitEnd(driver);
  }

  @Test
  void aForcedDeletionTakesEffectAtOnce() {
    DesiredDriver driver = drivers.running("forced", "trap '' TERM; sleep 600");
    PodView pod = created(cluster.drivers().create(driver, cluster.partition() + 1, OWNED));
    cluster.awaitRunning(driver);

    cluster.drivers().delete(delete(pod, true));

    assertThat(cluster.pod(driver).get()).isNull();
  }

  @Test
  void aDeletionForAnotherUidDoesNothing() {
    DesiredDriver driver = drivers.running("another-uid", FOREVER);
    PodView pod = created(cluster.drivers().create(driver, cluster.partition() + 1, OWNED));
    Effect.DeletePod stale =
        new Effect.DeletePod(pod.namespace(), pod.name(), "of-an-older-pod", false);

    assertThat(cluster.drivers().delete(stale)).isInstanceOf(Effect.CallResult.Completed.class);
    assertThat(cluster.pod(driver).get().getMetadata().getDeletionTimestamp()).isNull();
    cluster.drivers().delete(delete(pod, true));
  }

  @Test
  void aFinalizerKeepsThePodButDoesNotDelayTheReport() {
    DesiredDriver driver = drivers.running("held", FOREVER);
    cluster.setDesired(driver);
    cluster.awaitReport(driver, Observation.Started.class);
    finalizers(driver, List.of("example.org/contract"));

    cluster.setDesired(driver.withStop(true));
    cluster.awaitEnd(driver);
    assertThat(cluster.pod(driver).get()).as("the pod that a finalizer holds").isNotNull();

    finalizers(driver, List.of());
    await().atMost(ContractCluster.SOON).until(() -> cluster.pod(driver).get() == null);
    assertThat(cluster.reported(driver).filter(ContractCluster::isEnd)).hasSize(1);
  }

  @Test
  void aDriverThatSomeoneDeletesIsReportedAsDeleted() {
    DesiredDriver driver = drivers.running("deleted", FOREVER);
    cluster.setDesired(driver);
    cluster.awaitReport(driver, Observation.Started.class);

    cluster.pod(driver).delete();

    cluster.awaitEnd(driver);
    assertThat(cluster.reported(driver).flatMap(ContractCluster::failure))
        .extracting(Failure::reason)
        .containsExactly("DriverDeleted");
  }

  @Test
  void aWatchContinuesFromTheResourceVersionOfAList() {
    var pods = cluster.cluster().watchClient().pods().inNamespace(cluster.namespace());
    String version = pods.list().getMetadata().getResourceVersion();
    cluster.client().resource(drivers.plain("after-the-list")).create();
    Heard heard = new Heard();

    try (Watch _ = pods.watch(from(version), heard)) {
      await().atMost(ContractCluster.SOON).until(() -> heard.pods.contains("after-the-list"));
    }
  }

  @Test
  void aWatchFromAnExpiredResourceVersionFails() {
    var pods = cluster.cluster().watchClient().pods().inNamespace(cluster.namespace());
    Heard heard = new Heard();

    try (Watch _ = pods.watch(from("1"), heard)) {
      await().atMost(ContractCluster.SOON).until(() -> heard.end != null);
      assertThat(heard.end).isNotNull().matches(PodWatcher::isExpired);
    }
  }

  private static ListOptions from(String version) {
    return new ListOptionsBuilder().withResourceVersion(version).build();
  }

  /** Names of pods, and the end. */
  private static final class Heard implements Watcher<Pod> {

    private final Set<String> pods = ConcurrentHashMap.newKeySet();
    private volatile @Nullable WatcherException end;

    @Override
    public void eventReceived(Action action, Pod pod) {
      pods.add(pod.getMetadata().getName());
    }

    @Override
    public void onClose(WatcherException cause) {
      end = cause;
    }
  }

  private static PodView created(Effect.CallResult result) {
    assertThat(result).isInstanceOf(Effect.CallResult.Completed.class);
    return Objects.requireNonNull(((Effect.CallResult.Completed) result).pod());
  }

  private static Effect.DeletePod delete(PodView pod, boolean force) {
    return new Effect.DeletePod(pod.namespace(), pod.name(), pod.uid(), force);
  }

  private List<HasMetadata> owned(DesiredDriver driver) {
    String attempt = PodLabels.JOB_KEY;
    var maps = cluster.client().configMaps().inNamespace(cluster.namespace()).list().getItems();
    var services = cluster.client().services().inNamespace(cluster.namespace()).list().getItems();
    return Stream.<HasMetadata>concat(maps.stream(), services.stream())
        .filter(object -> object.getMetadata().getAnnotations() != null)
        .filter(object ->
            driver
                .attempt()
                .job()
                .toString()
                .equals(object.getMetadata().getAnnotations().get(attempt)))
        .toList();
  }

  private void finalizers(DesiredDriver driver, List<String> finalizers) {
    cluster
        .pod(driver)
        .edit(pod -> {
          pod.getMetadata().setFinalizers(finalizers);
          return pod;
        });
  }
}
