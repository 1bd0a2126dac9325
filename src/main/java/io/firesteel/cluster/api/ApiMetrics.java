package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.CompletableFuture;

/**
 * Counts the calls to the API server and their failures, by verb, group and resource as in a Role,
 * so that the granted rights can be compared with the used ones. Thread-safe.
 */
final class ApiMetrics implements Interceptor {

  /** Counter: calls begun; tags cluster, verb, group, resource. */
  static final String CALLS = "firesteel.api.calls";

  /**
   * Counter: calls that failed; tags as above, and code: the HTTP status. {@link Reachability}
   * counts calls without a response, with code 0 and the other tags empty.
   */
  static final String FAILURES = "firesteel.api.failures";

  private final MeterRegistry registry;
  private final String cluster;

  ApiMetrics(MeterRegistry registry, String cluster) {
    this.registry = registry;
    this.cluster = cluster;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    registry.counter(CALLS, tags(request)).increment();
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    String code = Integer.toString(response.code());
    registry.counter(FAILURES, tags(response.request()).and("code", code)).increment();
    return CompletableFuture.completedFuture(false);
  }

  private Tags tags(HttpRequest request) {
    RequestInfo call = RequestInfo.of(request.method(), request.uri());
    return Tags.of(
        "cluster",
        cluster,
        "verb",
        call.verb(),
        "group",
        call.group(),
        "resource",
        call.resource());
  }
}
