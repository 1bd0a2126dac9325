package io.firesteel.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;

/**
 * A cluster that drivers run in.
 *
 * @param client for calls
 * @param watches for watches only
 * @param namespaces that are watched; empty for all
 * @param turns calls wait for here, so that a cluster that does not answer holds up no other
 * @param reach whether it answers
 */
record Cluster(
    String name,
    KubernetesClient client,
    KubernetesClient watches,
    Set<String> namespaces,
    Turns turns,
    Reach reach)
    implements AutoCloseable {

  Cluster {
    namespaces = Set.copyOf(namespaces);
  }

  /** Whether what happens in a namespace would be seen. */
  boolean watches(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  @Override
  public void close() {
    watches.close();
    client.close();
  }
}
