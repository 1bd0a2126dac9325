package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Placement;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.Options;
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

/** What a replica may still do when its partition may be another's. The clock is moved by hand. */
final class KubernetesEffectsTest {

  private static final int SHARD = 2;
  private static final Duration SESSION = Duration.ofSeconds(10);
  private static final Effect.Call CALL = new Effect.LookUp("acme-jobs", "some-pod");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong eachLookTakes = new AtomicLong();
  private final Leases leases = new Leases(SESSION, () -> nanos.getAndAdd(eachLookTakes.get()));
  private final List<Outcome> answers = new ArrayList<>();
  private KubernetesApi api;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    api = KubernetesApi.start(Options.any().withNamespaces("acme-jobs"));
    client = ApiClient.to(api.url());
    leases.claim(SHARD, () -> {});
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void theOwnerMayCall() {
    leases.confirm(SHARD);

    effects().call("acme", CALL, answers::add);

    assertThat(answers).containsExactly(new Outcome.Done(null));
  }

  @Test
  void aFrozenReplicaThatWakesUpMakesNoDriverFromAnOldDecision() {
    leases.confirm(SHARD);
    nanos.addAndGet(SESSION.toNanos());
    DesiredDriver old = Pods.wanted(Pods.FIRST);

    effects().call("acme", new Effect.Create(old), answers::add);

    assertThat(answers).containsExactly(new Outcome.NotOurs());
    assertThat(client.pods().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void aReplicaThatFreezesBeforeItSendsMakesAPodThatNeverStarts() {
    leases.confirm(SHARD);
    eachLookTakes.set(SESSION.toNanos());
    var drivers = new ContractDrivers("acme-jobs", "spark:4.1.1");
    Placement here = new Placement("acme-jobs", "default");
    DesiredDriver driver = drivers.in(here, drivers.running("late", "true"));

    effects().call("acme", new Effect.Create(driver), answers::add);

    assertThat(answers).containsExactly(new Outcome.NotOurs());
    assertThat(client.pods().inAnyNamespace().list().getItems()).hasSize(1);
    assertThat(client.configMaps().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void anAnswerThatComesAfterTheLeaseDoesNotCount() {
    leases.confirm(SHARD);
    eachLookTakes.set(SESSION.toNanos());

    effects().call("acme", CALL, answers::add);

    assertThat(answers).containsExactly(new Outcome.NotOurs());
  }

  @Test
  void whatWasNotOursIsTriedAgainSoonAndIsNoRefusal() {
    Track waiting = Track.EMPTY.wanting(Pods.wanted(Pods.FIRST));
    Track calling = waiting.with(waiting.effort().started());

    Track after = Aftermath.of(Pods.FIRST.job(), calling, CALL, new Outcome.NotOurs(), Pods.NOON);

    assertThat(after.effort())
        .isEqualTo(new Track.Effort(false, null, 0, 0, Pods.NOON.plusMillis(500)));
  }

  private Effects effects() {
    var bytes = new ByteArraySerializer();
    InboxReports inbox = new InboxReports(new MockProducer<>(true, null, bytes, bytes), "inbox");
    Turns turns = new Turns(Runnable::run, 1);
    Reach reach = new Reach("test", new SimpleMeterRegistry(), Clock.systemUTC());
    Cluster cluster = new Cluster("test", client, client, Set.of(), turns, reach);
    return new KubernetesEffects(
        new Drivers(client), new Inquiry(client, 0), inbox, cluster, leases, SHARD);
  }
}
