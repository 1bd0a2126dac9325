package io.firesteel.cluster;

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
 * Whether a cluster answers, by what became of the last call to it. A server that only says that it
 * failed counts as away. Thread-safe.
 */
final class Reach implements Interceptor {

  /** Gauge: 1 while the cluster answers, else 0; tag cluster. */
  static final String REACHABLE = "firesteel.cluster.reachable";

  private static final int SERVER_FAILS = 500;

  private final Clock clock;
  private final Counter unanswered;
  private volatile @Nullable Instant awaySince;

  Reach(String cluster, MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.unanswered =
        registry.counter(
            ApiMetrics.FAILURES,
            Tags.of("cluster", cluster, "verb", "", "group", "", "resource", "", "code", "0"));
    Gauge.builder(REACHABLE, this, reach -> reach.awaySince() == null ? 1 : 0)
        .tag("cluster", cluster)
        .register(registry);
  }

  /** Since when calls fail; null while they do not. */
  @Nullable Instant awaySince() {
    return awaySince;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
    note(response.code() < SERVER_FAILS);
  }

  /** Notes a call without an answer; the client tells interceptors of answers only. */
  void unanswered() {
    unanswered.increment();
    note(false);
  }

  private synchronized void note(boolean answered) {
    if (answered) {
      awaySince = null;
    } else if (awaySince == null) {
      awaySince = clock.instant();
    }
  }
}
