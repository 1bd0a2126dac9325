package io.firesteel.cluster.controller;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Reports the replica ready while all its pod watches work in at least one cluster, or a cluster is
 * defined that it does not watch: an unreachable cluster holds up its own jobs only. Liveness does
 * not depend on it, because a restart does not bring an API server back. Thread-safe.
 */
@ApplicationScoped
public class WatchReadiness {

  private final Clock clock;
  private final List<WatchHealth> watches = new CopyOnWriteArrayList<>();
  private volatile IntSupplier clusters = () -> 0;

  WatchReadiness(Clock clock) {
    this.clock = clock;
  }

  /** Sets the number of clusters that are defined, whether or not this replica watches them. */
  public void setClusters(IntSupplier defined) {
    clusters = defined;
  }

  /** Registers a watch that has not synced yet. */
  public WatchHealth register(String cluster, String scope) {
    WatchHealth health = new WatchHealth(this, cluster, scope);
    watches.add(health);
    return health;
  }

  /**
   * The state of a watch.
   *
   * @param failedSince when it began to fail; null while it works
   */
  record WatchState(@Nullable Instant failedSince) {

    /** Watches end and resume routinely. */
    static final Duration GRACE_PERIOD = Duration.ofSeconds(15);

    static final WatchState SYNCED = new WatchState(null);

    static WatchState failed(Instant now) {
      return new WatchState(now);
    }

    /** Keeps the time of the first failure. */
    WatchState orFailed(Instant now) {
      return failedSince == null ? failed(now) : this;
    }

    boolean isReady(Instant now) {
      return failedSince == null || failedSince.plus(GRACE_PERIOD).isAfter(now);
    }

    String describe() {
      return failedSince == null ? "synced" : "failing since " + failedSince;
    }
  }

  /** The health of one watch, until it is closed. Written by one thread. */
  static final class WatchHealth implements AutoCloseable {

    private final WatchReadiness watchReadiness;
    private final String cluster;
    private final String scope;
    private volatile WatchState state;

    private WatchHealth(WatchReadiness watchReadiness, String cluster, String scope) {
      this.watchReadiness = watchReadiness;
      this.cluster = cluster;
      this.scope = scope;
      this.state = WatchState.failed(watchReadiness.clock.instant());
    }

    void synced() {
      state = WatchState.SYNCED;
    }

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
    boolean ready = good.isEmpty() || good.containsValue(true) || good.size() < clusters.getAsInt();
    return response.status(ready).build();
  }
}
