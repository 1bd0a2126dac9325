package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster is reachable, by the last call to it. An HTTP status of 500 or more counts as
 * unreachable. Thread-safe.
 */
public final class Reachability implements Interceptor {

  /** Gauge: 1 while the cluster is reachable, else 0; tag cluster. */
  static final String REACHABLE = "firesteel.cluster.reachable";

  private static final int SERVER_ERROR = 500;

  private final Clock clock;
  private final MeterRegistry registry;
  private final Counter noResponses;
  private final Gauge gauge;
  private volatile @Nullable Instant unreachableSince;

  public Reachability(String cluster, MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.registry = registry;
    this.noResponses =
        registry.counter(
            ApiMetrics.FAILURES,
            Tags.of("cluster", cluster, "verb", "", "group", "", "resource", "", "code", "0"));
    this.gauge =
        Gauge.builder(
                REACHABLE, this, reachability -> reachability.unreachableSince() == null ? 1 : 0)
            .tag("cluster", cluster)
            .register(registry);
  }

  /** Removes the gauge: nobody knows whether a cluster is reachable that is not called. */
  void unregister() {
    registry.remove(gauge);
  }

  /** Null while the cluster is reachable. */
  @Nullable Instant unreachableSince() {
    return unreachableSince;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
    record(response.code() < SERVER_ERROR);
  }

  /** Records a call without a response; the client calls interceptors for responses only. */
  public void recordNoResponse() {
    noResponses.increment();
    record(false);
  }

  private synchronized void record(boolean reachable) {
    if (reachable) {
      unreachableSince = null;
    } else if (unreachableSince == null) {
      unreachableSince = clock.instant();
    }
  }
}
