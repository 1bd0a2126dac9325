package io.firesteel.cluster.api;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.tenant.Cluster;
import io.smallrye.health.api.Wellness;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Reports clusters that are unreachable or wrongly defined. Affects neither liveness nor readiness:
 * the jobs of other clusters continue, and a restart does not bring a cluster back.
 */
@Wellness
final class ClustersHealth implements HealthCheck {

  private final CurrentDefinitions definitions;
  private final ClusterConnections connections;

  ClustersHealth(CurrentDefinitions definitions, ClusterConnections connections) {
    this.definitions = definitions;
    this.connections = connections;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("clusters").up();
    Map<String, String> errors = connections.errors();
    for (Cluster cluster : new TreeMap<>(definitions.get().clusters().byName()).values()) {
      Reachability reachability = connections.reachability(cluster);
      Instant since = reachability == null ? null : reachability.unreachableSince();
      String error = cluster.abandoned() ? null : errors.get(cluster.name());
      if (since != null || error != null) {
        response.down();
      }
      response.withData(
          cluster.name(),
          error != null
              ? error
              : since == null
                  ? idleOr(cluster, reachability != null)
                  : "unreachable since " + since);
    }
    return response.build();
  }

  private static String idleOr(Cluster cluster, boolean open) {
    return cluster.abandoned() ? "abandoned" : open ? "reachable" : "not in use by this replica";
  }
}
