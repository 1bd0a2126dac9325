package io.firesteel.local.kubernetes.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Listens on one port with every event loop, to use all cores. */
public final class HttpListener {
  private static final long SECONDS = 30;

  private HttpListener() {}

  /** Returns the port. */
  public static int start(Vertx vertx, int port, RequestRouter router) {
    // For Vert.x, -1 is a free port that all servers of this instance share.
    int requested = port == 0 ? -1 : port;
    int actual = deploy(vertx, requested, router);
    int loops = Math.min(4, Runtime.getRuntime().availableProcessors());
    for (int i = 1; i < loops; i++) {
      deploy(vertx, requested, router);
    }
    return actual;
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the local API server cannot start or stop: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int deploy(Vertx vertx, int port, RequestRouter router) {
    EventLoopServer loop = new EventLoopServer(vertx, port, router);
    await(vertx.deployVerticle(loop));
    return loop.http.actualPort();
  }

  private static final class EventLoopServer implements Verticle {
    private final Vertx vertx;
    private final HttpServer http;

    EventLoopServer(Vertx vertx, int port, RequestRouter router) {
      this.vertx = vertx;
      this.http =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost("127.0.0.1")
                      .setPort(port)
                      .setTcpNoDelay(true)
                      .setMaxInitialLineLength(64 * 1024)
                      .setMaxHeaderSize(64 * 1024))
              .requestHandler(router::handle);
    }

    @Override
    public Vertx getVertx() {
      return vertx;
    }

    @Override
    public void init(Vertx ignored, Context context) {}

    @Override
    public void start(Promise<Void> started) {
      http.listen().<Void>mapEmpty().onComplete(started);
    }

    @Override
    public void stop(Promise<Void> stopped) {
      http.close().onComplete(stopped);
    }
  }
}
