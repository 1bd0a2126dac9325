package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.SamplePods;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KubernetesClientsTest {

  private static final int WATCHES = 300;

  /** Every watch must hear it; the usual client misses one in a few hundred. */
  @Test
  void aWatchReceivesAnEventThatFollowsTheHandshakeInOnePacket() throws Exception {
    try (EarlyWatchEventServer server = new EarlyWatchEventServer();
        ClusterConnection cluster = cluster(server.url())) {
      for (int i = 0; i < WATCHES; i++) {
        FirstEvent heard = new FirstEvent();
        try (Watch _ =
            cluster.watchClient().pods().watch(new ListOptionsBuilder().build(), heard)) {
          assertThat(heard.event.await(10, TimeUnit.SECONDS)).as("watch " + i).isTrue();
        }
      }
    }
  }

  @Test
  void knowsWhetherAClusterIsReachable() throws IOException {
    EarlyWatchEventServer server = new EarlyWatchEventServer();
    try (ClusterConnection cluster = cluster(server.url())) {
      cluster.watchClient().pods().watch(new FirstEvent()).close();
      assertThat(cluster.reachability().unreachableSince()).isNull();

      server.close();
      Effect.CallResult result =
          new DriverPodClient(cluster.client(), SamplePods.INSTALLATION, true)
              .get(new Effect.GetPod(SamplePods.FIRST, "a", null), 0);
      assertThat(result).isEqualTo(new Effect.CallResult.RetryLater(ApiErrors.UNREACHABLE, null));
      cluster.reachability().recordNoResponse();
      assertThat(cluster.reachability().unreachableSince()).isNotNull();
    }
  }

  private static ClusterConnection cluster(String url) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Config where =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url)
            .withNamespace("a")
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectLimit(0)
            .build();
    return new KubernetesClients(new KubernetesSerialization(), registry)
        .connect(
            "here",
            where,
            Set.of(),
            new FairExecutor(Runnable::run, 1),
            new Reachability("here", registry, Clock.systemUTC()));
  }

  private static final class FirstEvent implements Watcher<Pod> {

    private final CountDownLatch event = new CountDownLatch(1);

    @Override
    public void eventReceived(Action action, Pod pod) {
      event.countDown();
    }

    @Override
    public void onClose(WatcherException cause) {}
  }
}
