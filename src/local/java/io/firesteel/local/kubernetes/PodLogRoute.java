package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET …/pods/<name>/log}: sends what the kubelet wrote into {@code <pod
 * uid>/<container>.log}, and, when asked to follow, what it goes on to write until that container
 * ends.
 */
final class PodLogRoute {
  private final ObjectStore store;
  private final @Nullable Path folder;
  private final InstantSource clock;

  PodLogRoute(ObjectStore store, @Nullable Path folder, InstantSource clock) {
    this.store = store;
    this.folder = folder;
    this.clock = clock;
  }

  void handle(HttpServerRequest request, ResourcePath path) {
    StoredObject pod = existing(path);
    String container = container(pod, ListRequest.text(request, "container"));
    if (ListRequest.flag(request, "previous")) {
      throw ApiFailure.badRequest(
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(container, path.name()));
    }
    started(pod, container);
    LogQuery query = LogQuery.read(request, clock.instant(), startOf(pod, container));
    request.response().setChunked(true).putHeader("Content-Type", "text/plain");
    request.response().write("");
    if (folder == null) {
      request.response().end();
      return;
    }
    Path file = folder.resolve(pod.uid()).resolve(container + ".log");
    LogStream stream =
        new LogStream(file, query, request.response(), () -> over(pod, container), clock);
    Thread.ofVirtual().name("pod-log").start(stream::send);
  }

  private StoredObject existing(ResourcePath path) {
    StoredObject pod = store.get(path.key());
    if (pod == null) {
      throw ApiFailure.notFound(path.kind(), path.name());
    }
    return pod;
  }

  private static String container(StoredObject pod, String asked) {
    List<String> names = new ArrayList<>();
    List<String> inits = new ArrayList<>();
    Json.at(pod.json(), "spec", "containers").forEach(c -> names.add(Json.text(c, "name")));
    Json.at(pod.json(), "spec", "initContainers").forEach(c -> inits.add(Json.text(c, "name")));
    if (asked.isEmpty() && names.size() != 1) {
      throw ApiFailure.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]"
              .formatted(pod.key().name(), String.join(" ", names)));
    }
    if (!asked.isEmpty() && !names.contains(asked) && !inits.contains(asked)) {
      throw ApiFailure.badRequest(
          "container %s is not valid for pod %s".formatted(asked, pod.key().name()));
    }
    return asked.isEmpty() ? names.getFirst() : asked;
  }

  private static void started(StoredObject pod, String container) {
    JsonNode state = state(pod, container);
    if (state.has("running") || state.has("terminated")) {
      return;
    }
    String reason = Json.text(state, "waiting", "reason");
    throw ApiFailure.badRequest(
        "container \"%s\" in pod \"%s\" is waiting to start: %s"
            .formatted(
                container, pod.key().name(), reason.isEmpty() ? "ContainerCreating" : reason));
  }

  private static Optional<Instant> startOf(StoredObject pod, String container) {
    JsonNode state = state(pod, container);
    String running = Json.text(state, "running", "startedAt");
    return Timestamps.parse(
        running.isEmpty() ? Json.text(state, "terminated", "startedAt") : running);
  }

  private boolean over(StoredObject pod, String container) {
    StoredObject now = store.get(pod.key());
    return now == null || !now.uid().equals(pod.uid()) || state(now, container).has("terminated");
  }

  private static JsonNode state(StoredObject pod, String container) {
    for (String field : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode status : Json.at(pod.json(), "status", field)) {
        if (Json.text(status, "name").equals(container)) {
          return status.path("state");
        }
      }
    }
    return Json.object();
  }
}
