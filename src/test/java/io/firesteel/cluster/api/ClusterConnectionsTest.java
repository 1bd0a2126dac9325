package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.firesteel.tenant.Cluster;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that partitions share. Opening one calls nobody. */
final class ClusterConnectionsTest {

  private static final Config OWN =
      new ConfigBuilder(Config.empty()).withMasterUrl("http://localhost:1").build();
  private static final Cluster EAST = new Cluster("east", null, null, Set.of(), false);
  private static final Cluster EAST_CHANGED = new Cluster("east", null, null, Set.of("a"), false);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ClusterConnections connections =
      new ClusterConnections(OWN, new KubernetesSerialization(), registry, Clock.systemUTC());

  @AfterEach
  void close() {
    connections.closeAll();
  }

  @Test
  void closesAConnectionWhenTheLastPartitionReleasesIt() {
    ClusterConnection first = open(EAST);
    ClusterConnection second = open(EAST);
    assertThat(second).isSameAs(first);

    connections.release(EAST);
    assertThat(open(EAST)).isSameAs(first);
    connections.release(EAST);
    connections.release(EAST);

    assertThat(connections.reachability(EAST)).isNull();
    assertThat(open(EAST)).isNotSameAs(first);
  }

  /** Partitions read a changed definition one after the other. */
  @Test
  void reportsReachabilityWhileAnyConnectionToTheClusterIsOpen() {
    open(EAST);
    open(EAST_CHANGED);

    connections.release(EAST);
    assertThat(gauges()).hasSize(1);
    connections.release(EAST_CHANGED);

    assertThat(gauges()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAKubeconfigAndQuotesNothingOfIt(@TempDir Path folder) throws IOException {
    Path broken = Files.writeString(folder.resolve("broken"), "token: [s3cret");
    Cluster east = new Cluster("east", broken.toString(), null, Set.of(), false);

    assertThatThrownBy(() -> open(east))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cluster east /spec/")
        .hasMessageContaining(broken.toString())
        .hasMessageNotContaining("s3cret");
    assertThat(connections.errors()).containsOnlyKeys("east");

    open(EAST);
    assertThat(connections.errors()).isEmpty();
  }

  private ClusterConnection open(Cluster cluster) {
    return connections.open(cluster, Runnable::run, 1);
  }

  private List<Meter> gauges() {
    return registry.getMeters().stream()
        .filter(meter -> meter.getId().getName().equals(Reachability.REACHABLE))
        .toList();
  }
}
