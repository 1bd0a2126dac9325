package io.firesteel.local.kubernetes;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/** Takes every HTTP request, finds who answers it, and turns failures into Status objects. */
final class ApiServer {
  private static final Logger LOG = System.getLogger(ApiServer.class.getName());

  private final Callers callers;
  private final ReadRoutes reads;
  private final WriteRoutes writes;
  private final WatchRoute watches;
  private final PodLogRoute logs;

  ApiServer(KubernetesApi api) {
    Options options = api.options();
    this.callers = new Callers(options.tokens());
    this.reads = new ReadRoutes(api.store(), options.clock());
    this.writes = new WriteRoutes(api.store(), api.registry(), options.clock());
    this.watches = new WatchRoute(api.hub(), options.clock());
    this.logs = new PodLogRoute(api.store(), options.podLogs(), options.clock());
  }

  void handle(HttpServerRequest request) {
    guarded(
        request,
        () -> {
          Caller caller = callers.of(request);
          String path = withoutEndSlash(Objects.requireNonNullElse(request.path(), "/"));
          ResourcePath resource = ResourcePath.parse(path).orElse(null);
          if (path.equals(AccessReview.PATH) && request.method().equals(HttpMethod.POST)) {
            Answers.json(request, 201, AccessReview.allowed());
          } else if (resource == null) {
            Discovery.answer(request, path);
          } else if (request.method().equals(HttpMethod.GET)) {
            read(request, resource);
          } else {
            RequestBody.read(
                request,
                body -> guarded(request, () -> writes.handle(request, resource, body, caller)));
          }
        });
  }

  private void read(HttpServerRequest request, ResourcePath path) {
    if (path.subresource().equals("log") && path.kind().isPod()) {
      logs.handle(request, path);
      return;
    }
    if (!path.subresource().isEmpty() && !path.subresource().equals("status")) {
      throw ApiFailure.noSuchPath();
    }
    ListRequest list = ListRequest.read(path, request);
    if (list.watch()) {
      watches.handle(request, path.kind(), list);
    } else if (path.name().isEmpty()) {
      reads.list(request, path.kind(), list);
    } else {
      reads.get(request, path);
    }
  }

  private static void guarded(HttpServerRequest request, Runnable work) {
    try {
      work.run();
    } catch (ApiFailure failure) {
      Answers.failure(request, failure);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, request.method() + " " + request.path() + " broke the API server", e);
      Answers.failure(request, ApiFailure.internal(e.getClass().getSimpleName()));
    }
  }

  private static String withoutEndSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
