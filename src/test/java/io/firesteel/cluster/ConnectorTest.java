package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConnectorTest {

  private static final int WATCHES = 300;

  /** Every watch must hear it; the usual client misses one in a few hundred. */
  @Test
  void aWatchHearsWhatComesInOnePacketWithTheHandshake() throws Exception {
    try (HastyServer server = new HastyServer();
        Cluster cluster = cluster(server.url())) {
      for (int i = 0; i < WATCHES; i++) {
        Heard heard = new Heard();
        try (Watch _ = cluster.watches().pods().watch(new ListOptionsBuilder().build(), heard)) {
          assertThat(heard.event.await(10, TimeUnit.SECONDS)).as("watch " + i).isTrue();
        }
      }
    }
  }

  @Test
  void tellsWhetherAClusterAnswers() throws IOException {
    HastyServer server = new HastyServer();
    try (Cluster cluster = cluster(server.url())) {
      cluster.watches().pods().watch(new Heard()).close();
      assertThat(cluster.reach().awaySince()).isNull();

      server.close();
      Effect.Outcome outcome = new Drivers(cluster.client()).lookUp("a", "b");
      assertThat(outcome).isEqualTo(new Effect.Outcome.NotNow(ApiAnswers.UNREACHABLE, null));
      cluster.reach().unanswered();
      assertThat(cluster.reach().awaySince()).isNotNull();
    }
  }

  private static Cluster cluster(String url) {
    Connector connector =
        new Connector(new KubernetesSerialization(), new SimpleMeterRegistry(), Clock.systemUTC());
    Config where =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url)
            .withNamespace("a")
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectLimit(0)
            .build();
    return connector.connect(
        "here", where, Set.of(), new Turns(Runnable::run, 1), connector.reach("here"));
  }

  private static final class Heard implements Watcher<Pod> {

    private final CountDownLatch event = new CountDownLatch(1);

    @Override
    public void eventReceived(Action action, Pod pod) {
      event.countDown();
    }

    @Override
    public void onClose(WatcherException cause) {}
  }
}
