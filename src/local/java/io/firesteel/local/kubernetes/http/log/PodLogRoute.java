package io.firesteel.local.kubernetes.http.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.firesteel.local.kubernetes.http.request.ResourcePath;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET …/pods/<name>/log}: sends the file {@code <pod uid>/<container>.log} that the kubelet
 * writes, and follows it until the container ends if the client asks for that.
 */
public final class PodLogRoute {
  private final ObjectStore store;
  private final @Nullable Path folder;

  /**
   * @param folder the folder of the containers' logs, or null if there are none
   */
  public PodLogRoute(ObjectStore store, @Nullable Path folder) {
    this.store = store;
    this.folder = folder;
  }

  public void handle(HttpServerRequest request, ResourcePath path) {
    StoredObject pod = findPod(path);
    String container = container(pod, ListOptions.parameter(request, "container"));
    if (ListOptions.booleanParameter(request, "previous")) {
      throw ApiException.badRequest(
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(container, path.name()));
    }
    requireStarted(pod, container);
    PodLogOptions query = PodLogOptions.read(request);
    request.response().setChunked(true).putHeader("Content-Type", "text/plain");
    request.response().write("");
    if (folder == null) {
      request.response().end();
      return;
    }
    Path file = folder.resolve(pod.uid()).resolve(container + ".log");
    PodLogStream stream =
        new PodLogStream(file, query, request.response(), () -> hasEnded(pod, container));
    Thread.ofVirtual().name("pod-log").start(stream::send);
  }

  private StoredObject findPod(ResourcePath path) {
    StoredObject pod = store.get(path.key());
    if (pod == null) {
      throw ApiException.notFound(path.kind(), path.name());
    }
    return pod;
  }

  private static String container(StoredObject pod, String requested) {
    List<String> names = new ArrayList<>();
    List<String> inits = new ArrayList<>();
    JsonTrees.at(pod.json(), "spec", "containers")
        .forEach(c -> names.add(JsonTrees.text(c, "name")));
    JsonTrees.at(pod.json(), "spec", "initContainers")
        .forEach(c -> inits.add(JsonTrees.text(c, "name")));
    if (requested.isEmpty() && names.size() != 1) {
      throw ApiException.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]"
              .formatted(pod.key().name(), String.join(" ", names)));
    }
    if (!requested.isEmpty() && !names.contains(requested) && !inits.contains(requested)) {
      throw ApiException.badRequest(
          "container %s is not valid for pod %s".formatted(requested, pod.key().name()));
    }
    return requested.isEmpty() ? names.getFirst() : requested;
  }

  private static void requireStarted(StoredObject pod, String container) {
    JsonNode state = state(pod, container);
    if (state.has("running") || state.has("terminated")) {
      return;
    }
    String reason = JsonTrees.text(state, "waiting", "reason");
    throw ApiException.badRequest(
        "container \"%s\" in pod \"%s\" is waiting to start: %s"
            .formatted(
                container, pod.key().name(), reason.isEmpty() ? "ContainerCreating" : reason));
  }

  private boolean hasEnded(StoredObject pod, String container) {
    StoredObject now = store.get(pod.key());
    return now == null || !now.uid().equals(pod.uid()) || state(now, container).has("terminated");
  }

  private static JsonNode state(StoredObject pod, String container) {
    for (String field : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode status : JsonTrees.at(pod.json(), "status", field)) {
        if (JsonTrees.text(status, "name").equals(container)) {
          return status.path("state");
        }
      }
    }
    return JsonTrees.object();
  }
}
