package io.firesteel.cluster;

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

  private final Clusters clusters;

  ClustersHealth(Clusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public HealthCheckResponse call() {
    var reaches = clusters.reaches();
    var answer =
        HealthCheckResponse.named("clusters")
            .status(reaches.values().stream().allMatch(reach -> reach.awaySince() == null));
    reaches.forEach((name, reach) -> {
      Instant since = reach.awaySince();
      answer.withData(name, since == null ? "answers" : "does not answer since " + since);
    });
    return answer.build();
  }
}
