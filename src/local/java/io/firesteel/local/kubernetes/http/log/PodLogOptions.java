package io.firesteel.local.kubernetes.http.log;

import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * Which part of a log to send. The files hold no times, so {@code timestamps} and {@code
 * sinceSeconds} have no effect.
 *
 * @param tailLines -1 for all
 * @param limitBytes -1 for no limit
 */
record PodLogOptions(boolean follow, long tailLines, long limitBytes) {

  static PodLogOptions read(HttpServerRequest request) {
    return new PodLogOptions(
        ListOptions.booleanParameter(request, "follow"),
        numberOrAll(request, "tailLines"),
        numberOrAll(request, "limitBytes"));
  }

  private static long numberOrAll(HttpServerRequest request, String name) {
    return ListOptions.parameter(request, name).isEmpty()
        ? -1
        : ListOptions.longParameter(request, name);
  }
}
