package io.firesteel.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.firesteel.cluster.ClustersConfig.Connection;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** The clusters of this installation. Whether one answers does not matter for the start. */
@ApplicationScoped
class Clusters {

  private final ClustersConfig config;
  private final Config own;
  private final Connector connector;
  private final Map<String, Reach> reaches = new TreeMap<>();

  Clusters(
      ClustersConfig config,
      Config own,
      KubernetesSerialization serialization,
      MeterRegistry registry,
      Clock clock) {
    this.config = config;
    this.own = own;
    this.connector = new Connector(serialization, registry, clock);
    names(config).all().forEach(name -> reaches.put(name, connector.reach(name)));
  }

  /** What they are called. */
  @Produces
  @Singleton
  static ClusterNames names(ClustersConfig config) {
    Set<String> configured = config.byName().keySet();
    return configured.isEmpty() ? ClusterNames.ONE : new ClusterNames(configured);
  }

  /** Whether each answered when it was last asked, by name. */
  Map<String, Reach> reaches() {
    return reaches;
  }

  /**
   * Opens them all; to be closed by the caller.
   *
   * @param atOnce calls to each that may be under way
   * @throws IllegalStateException naming the setting that is wrong
   */
  Map<String, Cluster> open(Executor threads, int atOnce) {
    Map<String, Cluster> open = new TreeMap<>();
    reaches.forEach((name, reach) -> {
      Connection connection = config.byName().get(name);
      Config where = connection == null ? own : Kubeconfigs.read(name, connection, own);
      List<String> namespaces =
          connection == null ? List.of() : connection.namespaces().orElseGet(List::of);
      Turns turns = new Turns(threads, atOnce);
      open.put(name, connector.connect(name, where, Set.copyOf(namespaces), turns, reach));
    });
    return open;
  }
}
