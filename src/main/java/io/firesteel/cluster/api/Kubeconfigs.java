package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.Config;
import io.firesteel.tenant.Cluster;
import java.io.File;

/** Reads the connection to a cluster from a kubeconfig file. */
final class Kubeconfigs {

  private Kubeconfigs() {}

  /**
   * Reads the connection; timeouts and retries are those of the worker's own.
   *
   * @throws IllegalStateException if the definition is wrong; the message says how
   */
  static Config read(Cluster cluster, Config own) {
    String kubeconfig = cluster.kubeconfig();
    if (kubeconfig == null && cluster.context() == null) {
      return own;
    }
    File file =
        new File(
            kubeconfig == null ? Config.getKubeconfigFilenames().iterator().next() : kubeconfig);
    if (!file.canRead()) {
      throw invalid(cluster, "/spec/kubeconfig: cannot read " + file);
    }
    Config config = parse(cluster, file);
    String current =
        config.getCurrentContext() == null ? null : config.getCurrentContext().getName();
    String context = cluster.context();
    if (current == null || !(context == null || current.equals(context))) {
      String missing = context == null ? "current context" : "context " + context;
      throw invalid(cluster, "/spec/context: %s has no %s".formatted(file, missing));
    }
    config.setConnectionTimeout(own.getConnectionTimeout());
    config.setRequestTimeout(own.getRequestTimeout());
    config.setRequestRetryBackoffLimit(own.getRequestRetryBackoffLimit());
    config.setWatchReconnectLimit(own.getWatchReconnectLimit());
    return config;
  }

  /** The client's own message may quote the file, which holds credentials. */
  private static Config parse(Cluster cluster, File file) {
    try {
      return Config.fromKubeconfig(cluster.context(), file);
    } catch (RuntimeException e) {
      throw invalid(
          cluster,
          "/spec/kubeconfig: %s is not a kubeconfig (%s)"
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private static IllegalStateException invalid(Cluster cluster, String error) {
    return new IllegalStateException("Cluster %s %s".formatted(cluster.name(), error));
  }
}
