package io.firesteel.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.api.DiagnosticsCollector;
import io.firesteel.cluster.api.DriverPodClient;
import io.firesteel.cluster.api.FairExecutor;
import io.firesteel.cluster.api.Reachability;
import io.firesteel.cluster.reconcile.CallResults;
import io.firesteel.cluster.reconcile.CallState;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Placement;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a replica may still do once another replica may own its partition. */
final class KubernetesEffectRunnerTest {

  private static final int PARTITION = 2;
  private static final Duration SESSION = Duration.ofSeconds(10);
  private static final Effect.Call CALL = new Effect.GetPod(SamplePods.FIRST, "acme-jobs", null);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong nanosPerLookup = new AtomicLong();
  private final Leases leases = new Leases(SESSION, () -> nanos.getAndAdd(nanosPerLookup.get()));
  private final List<CallResult> results = new ArrayList<>();
  private KubernetesApi api;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    api = KubernetesApi.start(KubernetesApiOptions.defaults().withNamespaces("acme-jobs"));
    client = ApiClient.to(api.url());
    leases.acquire(PARTITION, () -> {});
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void theOwnerMayCall() {
    leases.confirm(PARTITION);

    runner().call("acme", CALL, results::add);

    assertThat(results).containsExactly(new CallResult.Completed(null));
  }

  @Test
  void aReplicaThatWasFrozenCreatesNoDriver() {
    leases.confirm(PARTITION);
    nanos.addAndGet(SESSION.toNanos());
    DesiredDriver old = SamplePods.desired(SamplePods.FIRST);

    runner().call("acme", new Effect.CreateDriver(old), results::add);

    assertThat(results).containsExactly(new CallResult.LeaseLost());
    assertThat(client.pods().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void aPodThatIsCreatedAfterTheLeaseExpiredNeverStarts() {
    leases.confirm(PARTITION);
    nanosPerLookup.set(SESSION.toNanos());
    var drivers = new ContractDrivers("acme-jobs", "spark:4.1.1");
    Placement here = new Placement("acme-jobs", "default", null);
    DesiredDriver driver = drivers.in(here, drivers.running("late", "true"));

    runner().call("acme", new Effect.CreateDriver(driver), results::add);

    assertThat(results).containsExactly(new CallResult.LeaseLost());
    assertThat(client.pods().inAnyNamespace().list().getItems()).hasSize(1);
    assertThat(client.configMaps().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void aResultThatArrivesAfterTheLeaseExpiredDoesNotCount() {
    leases.confirm(PARTITION);
    nanosPerLookup.set(SESSION.toNanos());

    runner().call("acme", CALL, results::add);

    assertThat(results).containsExactly(new CallResult.LeaseLost());
  }

  @Test
  void aCallWithoutALeaseIsRepeatedSoonAndDoesNotCountAsARetry() {
    DriverState waiting = DriverState.EMPTY.withDesired(SamplePods.desired(SamplePods.FIRST));
    DriverState calling = waiting.with(waiting.calls().started());

    DriverState after =
        CallResults.apply(
            SamplePods.FIRST.job(), calling, CALL, new CallResult.LeaseLost(), SamplePods.NOON);

    assertThat(after.calls())
        .isEqualTo(
            new CallState(
                false,
                null,
                0,
                new CallState.NextCall(0, SamplePods.NOON.plusMillis(500)),
                new CallState.Polling(0, null)));
  }

  private KubernetesEffectRunner runner() {
    var bytes = new ByteArraySerializer();
    InboxReporter inbox =
        new InboxReporter(
            new ClusterProducer(
                new MockProducer<>(true, null, bytes, bytes),
                new SimpleMeterRegistry(),
                _ -> Runnable::run),
            "inbox");
    FairExecutor executor = new FairExecutor(Runnable::run, 1);
    Reachability reachability =
        new Reachability("test", new SimpleMeterRegistry(), Clock.systemUTC());
    ClusterConnection cluster =
        new ClusterConnection("test", client, client, Set.of(), executor, reachability);
    return new KubernetesEffectRunner(
        new DriverPodClient(client, SamplePods.INSTALLATION, true),
        new DiagnosticsCollector(client, 0),
        inbox,
        cluster,
        leases,
        PARTITION);
  }
}
