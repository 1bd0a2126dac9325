package io.firesteel.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.CompletableFuture;

/**
 * Counts the calls to the API server, and those that failed: by verb, group and resource, the words
 * of a Role, so that anybody can compare what is granted with what is used. Thread-safe.
 */
final class ApiMetrics implements Interceptor {

  /** Counter: calls begun; tags verb, group, resource. */
  static final String CALLS = "firesteel.api.calls";

  /** Counter: calls that failed; tags as above, and code: of HTTP, or 0 without an answer. */
  static final String FAILURES = "firesteel.api.failures";

  private final MeterRegistry registry;

  ApiMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    registry.counter(CALLS, tags(request)).increment();
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    failed(response.request(), response.code());
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    failed(request, 0);
  }

  private void failed(HttpRequest request, int code) {
    registry.counter(FAILURES, tags(request).and("code", Integer.toString(code))).increment();
  }

  private static Tags tags(HttpRequest request) {
    ApiCall call = ApiCall.of(request.method(), request.uri());
    return Tags.of("verb", call.verb(), "group", call.group(), "resource", call.resource());
  }
}
