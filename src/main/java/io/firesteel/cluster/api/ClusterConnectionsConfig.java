package io.firesteel.cluster.api;

import io.firesteel.tenant.ClusterNames;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clusters that drivers run in; settings take hold at start. Without any there is one, called
 * {@value ClusterNames#DEFAULT}, that is reached as every Kubernetes client would.
 */
@ConfigMapping(prefix = "firesteel.clusters")
interface ClusterConnectionsConfig {

  /** Each under the name that tenants bind to. */
  @WithParentName
  Map<String, Connection> byName();

  /** How one cluster is reached. */
  interface Connection {

    /** File that tells how; default: {@code KUBECONFIG}, or else the pod's service account. */
    Optional<String> kubeconfig();

    /** Which of the file's contexts; default: its current one. */
    Optional<String> context();

    /** The only namespaces that are watched there; default: all. */
    Optional<List<String>> namespaces();
  }
}
