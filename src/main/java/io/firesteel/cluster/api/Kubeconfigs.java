package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.Config;
import io.firesteel.cluster.api.ClusterConnectionsConfig.Connection;
import java.io.File;

/** Reads the connection to a cluster from a kubeconfig file. */
final class Kubeconfigs {

  private Kubeconfigs() {}

  /**
   * Reads the connection; timeouts and retries are those of the worker's own.
   *
   * @throws IllegalStateException if a setting is wrong; the message names it
   */
  static Config read(String cluster, Connection connection, Config own) {
    if (connection.kubeconfig().isEmpty() && connection.context().isEmpty()) {
      return own;
    }
    String setting = "firesteel.clusters." + cluster + ".";
    File file =
        new File(
            connection
                .kubeconfig()
                .orElseGet(() -> Config.getKubeconfigFilenames().iterator().next()));
    if (!file.canRead()) {
      throw new IllegalStateException(setting + "kubeconfig: cannot read " + file);
    }
    Config config = Config.fromKubeconfig(connection.context().orElse(null), file);
    String current =
        config.getCurrentContext() == null ? null : config.getCurrentContext().getName();
    if (current == null || !current.equals(connection.context().orElse(current))) {
      String missing = connection.context().map(c -> "context " + c).orElse("current context");
      throw new IllegalStateException(setting + "context: %s has no %s".formatted(file, missing));
    }
    config.setConnectionTimeout(own.getConnectionTimeout());
    config.setRequestTimeout(own.getRequestTimeout());
    config.setRequestRetryBackoffLimit(own.getRequestRetryBackoffLimit());
    config.setWatchReconnectLimit(own.getWatchReconnectLimit());
    return config;
  }
}
