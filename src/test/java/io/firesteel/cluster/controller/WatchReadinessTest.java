package io.firesteel.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.api.DiagnosticsCollector;
import io.firesteel.cluster.api.DriverPodClient;
import io.firesteel.cluster.api.FairExecutor;
import io.firesteel.cluster.api.Reachability;
import io.firesteel.cluster.controller.WatchReadiness.WatchState;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.ReconcilerSettings;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.local.kubelet.ApiClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a replica is ready, by the state of its watches. */
final class WatchReadinessTest {

  private static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(
          SamplePods.INSTALLATION,
          Duration.ZERO,
          null,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          false);

  private Instant now = SamplePods.NOON;
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final WatchReadiness watchReadiness = new WatchReadiness(clock);
  private final KubernetesClient client = ApiClient.to("http://127.0.0.1:1");

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void isNotReadyWhileNoWatchHasSynced() {
    watchReadiness.register("default", "partition-0");
    assertThat(status()).isEqualTo(Status.UP);

    now = now.plus(WatchState.GRACE_PERIOD);

    assertThat(status()).isEqualTo(Status.DOWN);
  }

  @Test
  void isReadyWhileTheWatchesOfOneClusterWork() {
    watchReadiness.register("default", "partition-0").synced();
    watchReadiness.register("east", "partition-0");

    now = now.plus(WatchState.GRACE_PERIOD);

    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void isReadyWhileItsOnlyWatchesFailAndOtherClustersAreIdle() {
    watchReadiness.setClusters(() -> 2);
    watchReadiness.register("east", "partition-0");

    now = now.plus(WatchState.GRACE_PERIOD);

    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void doesNotWaitForAPartitionThatWasLostBeforeItsWatchStarted() {
    PodInformer watch = watch(watchReadiness.register("default", "partition-0"));
    now = now.plus(WatchState.GRACE_PERIOD);

    watch.close();

    assertThat(status()).isEqualTo(Status.UP);
  }

  private Status status() {
    return watchReadiness.ready().call().getStatus();
  }

  private PodInformer watch(WatchReadiness.WatchHealth health) {
    var bytes = new ByteArraySerializer();
    InboxReporter inbox =
        new InboxReporter(
            new ClusterProducer(
                new MockProducer<>(true, null, bytes, bytes),
                new SimpleMeterRegistry(),
                _ -> Runnable::run),
            "inbox");
    Reachability reachability = new Reachability("default", new SimpleMeterRegistry(), clock);
    FairExecutor executor = new FairExecutor(Runnable::run, 1);
    ClusterConnection cluster =
        new ClusterConnection("default", client, client, Set.of(), executor, reachability);
    Leases leases = new Leases(WatchState.GRACE_PERIOD, () -> 0);
    KubernetesEffectRunner effects =
        new KubernetesEffectRunner(
            new DriverPodClient(client, SamplePods.INSTALLATION, true),
            new DiagnosticsCollector(client, 0),
            inbox,
            cluster,
            leases,
            0);
    DriverController controller =
        new DriverController(cluster, SETTINGS, effects, clock, Runnable::run);
    return new PodInformer(cluster, DriverState.ALL_NAMESPACES, 0, controller, health);
  }
}
