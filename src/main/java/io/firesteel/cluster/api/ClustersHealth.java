package io.firesteel.cluster.api;

import io.smallrye.health.api.Wellness;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Reports unreachable clusters. Affects neither liveness nor readiness: the jobs of other clusters
 * continue, and a restart does not bring a cluster back.
 */
@Wellness
final class ClustersHealth implements HealthCheck {

  private final ClusterConnections connections;

  ClustersHealth(ClusterConnections connections) {
    this.connections = connections;
  }

  @Override
  public HealthCheckResponse call() {
    var reachabilities = connections.reachabilities();
    var response =
        HealthCheckResponse.named("clusters")
            .status(
                reachabilities.values().stream()
                    .allMatch(reachability -> reachability.unreachableSince() == null));
    reachabilities.forEach((name, reachability) -> {
      Instant since = reachability.unreachableSince();
      response.withData(name, since == null ? "reachable" : "unreachable since " + since);
    });
    return response.build();
  }
}
