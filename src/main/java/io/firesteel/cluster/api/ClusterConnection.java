package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;

/**
 * The connection to a cluster that drivers run in.
 *
 * @param client for calls
 * @param watchClient for watches only
 * @param namespaces the watched namespaces; empty for all
 * @param executor runs the calls; one for each cluster, so an unreachable one holds up no other
 */
public record ClusterConnection(
    String name,
    KubernetesClient client,
    KubernetesClient watchClient,
    Set<String> namespaces,
    FairExecutor executor,
    Reachability reachability)
    implements AutoCloseable {

  public ClusterConnection {
    namespaces = Set.copyOf(namespaces);
  }

  @Override
  public void close() {
    watchClient.close();
    client.close();
  }
}
