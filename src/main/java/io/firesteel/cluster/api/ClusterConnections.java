package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.firesteel.cluster.api.ClusterConnectionsConfig.Connection;
import io.firesteel.tenant.ClusterNames;
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

/** The clusters of this installation. The worker also starts while a cluster is unreachable. */
@ApplicationScoped
public class ClusterConnections {

  private final ClusterConnectionsConfig config;
  private final Config own;
  private final KubernetesClients clients;
  private final Map<String, Reachability> reachabilities = new TreeMap<>();

  ClusterConnections(
      ClusterConnectionsConfig config,
      Config own,
      KubernetesSerialization serialization,
      MeterRegistry registry,
      Clock clock) {
    this.config = config;
    this.own = own;
    this.clients = new KubernetesClients(serialization, registry);
    names(config)
        .all()
        .forEach(name -> reachabilities.put(name, new Reachability(name, registry, clock)));
  }

  @Produces
  @Singleton
  static ClusterNames names(ClusterConnectionsConfig config) {
    Set<String> configured = config.byName().keySet();
    return configured.isEmpty() ? ClusterNames.ONE : new ClusterNames(configured);
  }

  /** By cluster name. */
  Map<String, Reachability> reachabilities() {
    return reachabilities;
  }

  /**
   * Opens a connection to each cluster, by name. The caller closes them.
   *
   * @param parallelism calls to each cluster that may be in flight at once
   * @throws IllegalStateException if a setting is wrong; the message names it
   */
  public Map<String, ClusterConnection> open(Executor threads, int parallelism) {
    Map<String, ClusterConnection> open = new TreeMap<>();
    reachabilities.forEach((name, reachability) -> {
      Connection connection = config.byName().get(name);
      Config where = connection == null ? own : Kubeconfigs.read(name, connection, own);
      List<String> namespaces =
          connection == null ? List.of() : connection.namespaces().orElseGet(List::of);
      FairExecutor executor = new FairExecutor(threads, parallelism);
      open.put(name, clients.connect(name, where, Set.copyOf(namespaces), executor, reachability));
    });
    return open;
  }
}
