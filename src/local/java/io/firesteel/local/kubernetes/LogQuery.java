package io.firesteel.local.kubernetes;

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
record LogQuery(
    boolean follow,
    long tailLines,
    long limitBytes,
    boolean timestamps,
    Optional<Instant> since,
    Optional<Instant> started) {

  static LogQuery read(HttpServerRequest request, Instant now, Optional<Instant> started) {
    return new LogQuery(
        ListRequest.flag(request, "follow"),
        numberOrAll(request, "tailLines"),
        numberOrAll(request, "limitBytes"),
        ListRequest.flag(request, "timestamps"),
        since(request, now),
        started);
  }

  private static long numberOrAll(HttpServerRequest request, String name) {
    return ListRequest.text(request, name).isEmpty() ? -1 : ListRequest.number(request, name);
  }

  private static Optional<Instant> since(HttpServerRequest request, Instant now) {
    long seconds = ListRequest.number(request, "sinceSeconds");
    String time = ListRequest.text(request, "sinceTime");
    if (!time.isEmpty()) {
      return Optional.of(
          Timestamps.parse(time)
              .orElseThrow(() -> ApiFailure.badRequest("sinceTime is not a time: " + time)));
    }
    return seconds > 0 ? Optional.of(now.minusSeconds(seconds)) : Optional.empty();
  }
}
