package io.firesteel.local.kubernetes.http.log;

import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Timestamps;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Which part of a log is wanted.
 *
 * @param tailLines -1 for all
 * @param limitBytes -1 for no limit
 * @param since lines before this moment are not wanted, as far as that is known
 * @param started when the container started
 */
record PodLogOptions(
    boolean follow,
    long tailLines,
    long limitBytes,
    boolean timestamps,
    Optional<Instant> since,
    Optional<Instant> started) {

  static PodLogOptions read(HttpServerRequest request, Instant now, Optional<Instant> started) {
    return new PodLogOptions(
        ListOptions.booleanParameter(request, "follow"),
        numberOrAll(request, "tailLines"),
        numberOrAll(request, "limitBytes"),
        ListOptions.booleanParameter(request, "timestamps"),
        since(request, now),
        started);
  }

  private static long numberOrAll(HttpServerRequest request, String name) {
    return ListOptions.parameter(request, name).isEmpty()
        ? -1
        : ListOptions.longParameter(request, name);
  }

  private static Optional<Instant> since(HttpServerRequest request, Instant now) {
    long seconds = ListOptions.longParameter(request, "sinceSeconds");
    String time = ListOptions.parameter(request, "sinceTime");
    if (!time.isEmpty()) {
      return Optional.of(
          Timestamps.parse(time)
              .orElseThrow(() -> ApiException.badRequest("sinceTime is not a time: " + time)));
    }
    return seconds > 0 ? Optional.of(now.minusSeconds(seconds)) : Optional.empty();
  }
}
