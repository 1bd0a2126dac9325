package io.firesteel.cluster.api;

import io.smallrye.health.api.Wellness;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells clusters that do not answer. Neither liveness nor readiness: the jobs of other clusters go
 * on, and a restart brings nobody back.
 */
@Wellness
final class ClustersHealth implements HealthCheck {

  private final ClusterConnections connections;

  ClustersHealth(ClusterConnections connections) {
    this.connections = connections;
  }

  @Override
  public HealthCheckResponse call() {
    var reaches = connections.reachabilities();
    var answer =
        HealthCheckResponse.named("clusters")
            .status(
                reaches.values().stream()
                    .allMatch(reachability -> reachability.unreachableSince() == null));
    reaches.forEach((name, reachability) -> {
      Instant since = reachability.unreachableSince();
      answer.withData(name, since == null ? "answers" : "does not answer since " + since);
    });
    return answer.build();
  }
}
