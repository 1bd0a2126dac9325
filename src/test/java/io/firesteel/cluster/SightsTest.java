package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.kubelet.ApiClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a replica says that it sees its pods. The clock is moved by hand. */
final class SightsTest {

  private Instant now = Pods.NOON;
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final Sights sights = new Sights(clock);
  private final KubernetesClient client = ApiClient.to("http://127.0.0.1:1");

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void itIsNotReadyWhileAWatchSeesNothing() {
    sights.open("default", "shard-0");
    assertThat(status()).isEqualTo(Status.UP);

    now = now.plus(Sight.PATIENCE);

    assertThat(status()).isEqualTo(Status.DOWN);
  }

  @Test
  void itIsReadyWhileOneOfItsClustersIsSeen() {
    sights.open("default", "shard-0").clear();
    sights.open("east", "shard-0");

    now = now.plus(Sight.PATIENCE);

    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void aPartitionThatWasLostBeforeItsWatchBeganIsNotWaitedFor() {
    PodWatch watch = watch(sights.open("default", "shard-0"));
    now = now.plus(Sight.PATIENCE);

    watch.close();

    assertThat(status()).isEqualTo(Status.UP);
  }

  private Status status() {
    return sights.ready().call().getStatus();
  }

  private PodWatch watch(Sights.Lookout lookout) {
    var bytes = new ByteArraySerializer();
    InboxReports inbox = new InboxReports(new MockProducer<>(true, null, bytes, bytes), "inbox");
    Reach reach = new Reach("default", new SimpleMeterRegistry(), clock);
    Turns turns = new Turns(Runnable::run, 1);
    Cluster cluster = new Cluster("default", client, client, Set.of(), turns, reach);
    Leases leases = new Leases(Sight.PATIENCE, () -> 0);
    Effects effects =
        new KubernetesEffects(
            new Drivers(client), new Inquiry(client, 0), inbox, cluster, leases, 0);
    Shard shard = new Shard(new Reconciliation(LatePodTest.LIMITS), effects, clock);
    return new PodWatch(cluster, Shard.EVERYWHERE, 0, shard, lookout);
  }
}
