package io.firesteel.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the shards of this replica see their pods in one cluster at least: a cluster that is
 * away holds up its own jobs only. It has no say in liveness: an API server that is away comes back
 * without us. Thread-safe.
 */
@ApplicationScoped
class Sights {

  private final Clock clock;
  private final List<Lookout> lookouts = new CopyOnWriteArrayList<>();

  Sights(Clock clock) {
    this.clock = clock;
  }

  /** A shard opens its eyes on a cluster, or a part of it; it sees nothing yet. */
  Lookout open(String cluster, String view) {
    Lookout lookout = new Lookout(this, cluster, view);
    lookouts.add(lookout);
    return lookout;
  }

  /** One shard's view of the cluster while the shard is ours. Written by one thread. */
  static final class Lookout implements AutoCloseable {

    private final Sights sights;
    private final String cluster;
    private final String view;
    private volatile Sight sight;

    private Lookout(Sights sights, String cluster, String view) {
      this.sights = sights;
      this.cluster = cluster;
      this.view = view;
      this.sight = Sight.lost(sights.clock.instant());
    }

    /** The shard is told what happens to its pods. */
    void clear() {
      sight = Sight.CLEAR;
    }

    /** It cannot list or watch. */
    void lost() {
      sight = sight.orLost(sights.clock.instant());
    }

    boolean isLost() {
      return sight.blindSince() != null;
    }

    @Override
    public void close() {
      sights.lookouts.remove(this);
    }
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck ready() {
    return this::answer;
  }

  private HealthCheckResponse answer() {
    Instant now = clock.instant();
    HealthCheckResponseBuilder response = HealthCheckResponse.named("api-server");
    Map<String, Boolean> good = new HashMap<>();
    for (Lookout lookout : lookouts) {
      Sight sight = lookout.sight;
      response.withData(lookout.cluster + "/" + lookout.view, sight.inAWord());
      good.merge(lookout.cluster, sight.good(now), Boolean::logicalAnd);
    }
    return response.status(good.isEmpty() || good.containsValue(true)).build();
  }
}
