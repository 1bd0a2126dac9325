package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;

/**
 * A cluster that drivers run in.
 *
 * @param client for calls
 * @param watchClient for watches only
 * @param namespaces that are watched; empty for all
 * @param executor calls wait for here, so that a cluster that does not answer holds up no other
 * @param reachability whether it answers
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

  /** Whether what happens in a namespace would be seen. */
  public boolean watches(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  @Override
  public void close() {
    watchClient.close();
    client.close();
  }
}
