package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.firesteel.tenant.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this replica. The partitions that need a cluster share one, and it is closed
 * when the last of them no longer needs it. Opening one calls nobody, so the cluster may be
 * unreachable. Thread-safe.
 */
@ApplicationScoped
public class ClusterConnections {

  private record Shared(ClusterConnection connection, int users) {}

  private final Config own;
  private final KubernetesClients clients;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<Cluster, Shared> open = new HashMap<>();
  private final Map<String, Reachability> reachabilities = new HashMap<>();
  private final Map<String, String> errors = new HashMap<>();

  ClusterConnections(
      Config own, KubernetesSerialization serialization, MeterRegistry registry, Clock clock) {
    this.own = own;
    this.clients = new KubernetesClients(serialization, registry);
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Returns the connection to a cluster. The caller passes the definition to {@link #release}.
   *
   * @param parallelism calls to the cluster that may be in flight at once
   * @throws IllegalStateException if the definition is wrong; the message says how
   */
  public synchronized ClusterConnection open(Cluster cluster, Executor threads, int parallelism) {
    Shared known = open.get(cluster);
    ClusterConnection connection =
        known == null ? connect(cluster, new FairExecutor(threads, parallelism)) : known.connection;
    open.put(cluster, new Shared(connection, known == null ? 1 : known.users + 1));
    return connection;
  }

  private ClusterConnection connect(Cluster cluster, FairExecutor executor) {
    try {
      Config where = Kubeconfigs.read(cluster, own);
      errors.remove(cluster.name());
      Reachability reachability =
          reachabilities.computeIfAbsent(
              cluster.name(), name -> new Reachability(name, registry, clock));
      return clients.connect(cluster.name(), where, cluster.namespaces(), executor, reachability);
    } catch (IllegalStateException e) {
      errors.put(cluster.name(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /**
   * A connection to a cluster for reading logs, which the caller closes.
   *
   * @throws IllegalStateException if the definition is wrong; the message says how
   */
  KubernetesClient connectForLogs(Cluster cluster) {
    return clients.connectForLogs(cluster.name(), Kubeconfigs.read(cluster, own));
  }

  /** Closes the connection to a cluster, unless others still use it. */
  public synchronized void release(Cluster cluster) {
    Shared known = open.remove(cluster);
    if (known == null) {
      return;
    }
    if (known.users > 1) {
      open.put(cluster, new Shared(known.connection, known.users - 1));
      return;
    }
    known.connection.close();
    if (open.keySet().stream().noneMatch(other -> other.name().equals(cluster.name()))) {
      Reachability unused = reachabilities.remove(cluster.name());
      if (unused != null) {
        unused.unregister();
      }
    }
  }

  /** Closes every connection. */
  public synchronized void closeAll() {
    open.values().forEach(shared -> shared.connection.close());
    open.clear();
  }

  /** The reachability of a cluster; null while this replica has no connection to it. */
  synchronized @Nullable Reachability reachability(Cluster cluster) {
    Shared known = open.get(cluster);
    return known == null ? null : known.connection.reachability();
  }

  /**
   * Since when a cluster has not answered this replica; empty if it answers, or if this replica
   * does not call it.
   */
  public synchronized Optional<Instant> unreachableSince(String cluster) {
    return Optional.ofNullable(reachabilities.get(cluster)).map(Reachability::unreachableSince);
  }

  /** Why connections cannot be opened, by cluster. */
  synchronized Map<String, String> errors() {
    return new TreeMap<>(errors);
  }
}
