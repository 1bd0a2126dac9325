package io.firesteel.cluster.controller;

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
public class WatchReadiness {

  private final Clock clock;
  private final List<WatchHealth> watches = new CopyOnWriteArrayList<>();

  WatchReadiness(Clock clock) {
    this.clock = clock;
  }

  /** A shard opens its eyes on a cluster, or a part of it; it sees nothing yet. */
  public WatchHealth register(String cluster, String view) {
    WatchHealth health = new WatchHealth(this, cluster, view);
    watches.add(health);
    return health;
  }

  /** One shard's view of the cluster while the shard is ours. Written by one thread. */
  static final class WatchHealth implements AutoCloseable {

    private final WatchReadiness watchReadiness;
    private final String cluster;
    private final String scope;
    private volatile WatchState state;

    private WatchHealth(WatchReadiness watchReadiness, String cluster, String view) {
      this.watchReadiness = watchReadiness;
      this.cluster = cluster;
      this.scope = view;
      this.state = WatchState.failed(watchReadiness.clock.instant());
    }

    /** The shard is told what happens to its pods. */
    void synced() {
      state = WatchState.SYNCED;
    }

    /** It cannot list or watch. */
    void failed() {
      state = state.orFailed(watchReadiness.clock.instant());
    }

    boolean isFailing() {
      return state.failedSince() != null;
    }

    @Override
    public void close() {
      watchReadiness.watches.remove(this);
    }
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck ready() {
    return this::check;
  }

  private HealthCheckResponse check() {
    Instant now = clock.instant();
    HealthCheckResponseBuilder response = HealthCheckResponse.named("api-server");
    Map<String, Boolean> good = new HashMap<>();
    for (WatchHealth health : watches) {
      WatchState state = health.state;
      response.withData(health.cluster + "/" + health.scope, state.describe());
      good.merge(health.cluster, state.isReady(now), Boolean::logicalAnd);
    }
    return response.status(good.isEmpty() || good.containsValue(true)).build();
  }
}
