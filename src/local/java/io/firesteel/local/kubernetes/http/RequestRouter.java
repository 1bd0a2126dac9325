package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.audit.UserInfo;
import io.firesteel.local.kubernetes.http.log.PodLogRoute;
import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.firesteel.local.kubernetes.http.request.RequestBody;
import io.firesteel.local.kubernetes.http.request.ResourcePath;
import io.firesteel.local.kubernetes.http.request.Responses;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.watch.WatchBroadcaster;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes every HTTP request and turns failures into Status objects. */
public final class RequestRouter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestRouter.class);
  private static final int MAX_USER_AGENT_LENGTH = 200;

  private final ReadRoutes reads;
  private final WriteRoutes writes;
  private final WatchRoute watches;
  private final PodLogRoute logs;

  /**
   * @param podLogs the folder of the containers' logs, or null if there are none
   */
  public RequestRouter(
      ObjectStore store,
      Registry registry,
      WatchBroadcaster broadcaster,
      @Nullable Path podLogs,
      InstantSource clock) {
    this.reads = new ReadRoutes(store, clock);
    this.writes = new WriteRoutes(store, registry, clock);
    this.watches = new WatchRoute(broadcaster, clock);
    this.logs = new PodLogRoute(store, podLogs);
  }

  void handle(HttpServerRequest request) {
    withErrorResponse(
        request,
        () -> {
          UserInfo user = userInfo(request);
          String path = withoutTrailingSlash(Objects.requireNonNullElse(request.path(), "/"));
          ResourcePath resource = ResourcePath.parse(path).orElse(null);
          if (resource == null) {
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
      LOG.error("The API server failed to answer {} {}", request.method(), request.path(), e);
      Responses.error(request, ApiException.internal(e.getClass().getSimpleName()));
    }
  }

  /** Every client is the same user; only its user agent tells one from another. */
  private static UserInfo userInfo(HttpServerRequest request) {
    String agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
    return new UserInfo(
        "system:anonymous", agent.substring(0, Math.min(agent.length(), MAX_USER_AGENT_LENGTH)));
  }

  private static String withoutTrailingSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
