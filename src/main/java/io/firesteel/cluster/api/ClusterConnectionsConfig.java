package io.firesteel.cluster.api;

import io.firesteel.tenant.ClusterNames;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clusters that drivers run in. Firesteel reads these settings once, at start. Without any,
 * there is one cluster, {@value ClusterNames#DEFAULT}, at the address that every Kubernetes client
 * would use.
 */
@ConfigMapping(prefix = "firesteel.clusters")
interface ClusterConnectionsConfig {

  /** The clusters by the name that a tenant is bound to. */
  @WithParentName
  Map<String, Connection> byName();

  /** How to reach one cluster. */
  interface Connection {

    /**
     * The path of the kubeconfig. Default: {@code KUBECONFIG}, or else the pod's service account.
     */
    Optional<String> kubeconfig();

    /** The kubeconfig's context. Default: its current context. */
    Optional<String> context();

    /** The namespaces that the worker watches in this cluster. Default: all. */
    Optional<List<String>> namespaces();
  }
}
