package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.Config;
import io.firesteel.cluster.api.ClusterConnectionsConfig.Connection;
import java.io.File;

/** Reads how a cluster is reached from a file as kubectl has it. */
final class Kubeconfigs {

  private Kubeconfigs() {}

  /**
   * The connection, as patient as the worker's own.
   *
   * @throws IllegalStateException naming the setting that is wrong
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
    Config read = Config.fromKubeconfig(connection.context().orElse(null), file);
    if (read.getCurrentContext() == null
        || connection
            .context()
            .filter(c -> !c.equals(read.getCurrentContext().getName()))
            .isPresent()) {
      throw new IllegalStateException(setting + "context: %s has no such context".formatted(file));
    }
    read.setConnectionTimeout(own.getConnectionTimeout());
    read.setRequestTimeout(own.getRequestTimeout());
    read.setRequestRetryBackoffLimit(own.getRequestRetryBackoffLimit());
    read.setWatchReconnectLimit(own.getWatchReconnectLimit());
    return read;
  }
}
