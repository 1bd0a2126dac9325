package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import io.firesteel.local.kubernetes.audit.UserInfo;
import io.firesteel.local.kubernetes.http.log.PodLogRoute;
import io.firesteel.local.kubernetes.http.request.Authenticator;
import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.firesteel.local.kubernetes.http.request.RequestBody;
import io.firesteel.local.kubernetes.http.request.ResourcePath;
import io.firesteel.local.kubernetes.http.request.Responses;
import io.firesteel.local.kubernetes.store.ApiException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/** Takes every HTTP request, finds who answers it, and turns failures into Status objects. */
public final class RequestRouter {
  private static final Logger LOG = System.getLogger(RequestRouter.class.getName());

  private final Authenticator authenticator;
  private final ReadRoutes reads;
  private final WriteRoutes writes;
  private final WatchRoute watches;
  private final PodLogRoute logs;

  public RequestRouter(KubernetesApi api) {
    KubernetesApiOptions kubernetesApiOptions = api.options();
    this.authenticator = new Authenticator(kubernetesApiOptions.tokens());
    this.reads = new ReadRoutes(api.store(), kubernetesApiOptions.clock());
    this.writes = new WriteRoutes(api.store(), api.registry(), kubernetesApiOptions.clock());
    this.watches = new WatchRoute(api.watches(), kubernetesApiOptions.clock());
    this.logs =
        new PodLogRoute(api.store(), kubernetesApiOptions.podLogs(), kubernetesApiOptions.clock());
  }

  void handle(HttpServerRequest request) {
    withErrorResponse(
        request,
        () -> {
          UserInfo user = authenticator.of(request);
          String path = withoutTrailingSlash(Objects.requireNonNullElse(request.path(), "/"));
          ResourcePath resource = ResourcePath.parse(path).orElse(null);
          if (path.equals(AccessReview.PATH) && request.method().equals(HttpMethod.POST)) {
            Responses.json(request, 201, AccessReview.allowed());
          } else if (resource == null) {
            Discovery.answer(request, path);
          } else if (request.method().equals(HttpMethod.GET)) {
            read(request, resource);
          } else {
            RequestBody.read(
                request,
                body ->
                    withErrorResponse(request, () -> writes.handle(request, resource, body, user)));
          }
        });
  }

  private void read(HttpServerRequest request, ResourcePath path) {
    if (path.subresource().equals("log") && path.kind().isPod()) {
      logs.handle(request, path);
      return;
    }
    if (!path.subresource().isEmpty() && !path.subresource().equals("status")) {
      throw ApiException.pathNotFound();
    }
    ListOptions list = ListOptions.read(path, request);
    if (list.watch()) {
      watches.handle(request, path.kind(), list);
    } else if (path.name().isEmpty()) {
      reads.list(request, path.kind(), list);
    } else {
      reads.get(request, path);
    }
  }

  private static void withErrorResponse(HttpServerRequest request, Runnable work) {
    try {
      work.run();
    } catch (ApiException failure) {
      Responses.error(request, failure);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, request.method() + " " + request.path() + " broke the API server", e);
      Responses.error(request, ApiException.internal(e.getClass().getSimpleName()));
    }
  }

  private static String withoutTrailingSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
