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

/** Opens the one port on every event loop, so that connections are spread over the cores. */
public final class HttpListener {
  private static final long SECONDS = 30;

  private HttpListener() {}

  /** Answers the port that was taken. */
  public static int start(Vertx vertx, int port, RequestRouter server) {
    // To Vert.x, -1 is any free port, but the same one for all who ask for -1.
    int asked = port == 0 ? -1 : port;
    int taken = deploy(vertx, asked, server);
    int loops = Math.min(4, Runtime.getRuntime().availableProcessors());
    for (int i = 1; i < loops; i++) {
      deploy(vertx, asked, server);
    }
    return taken;
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the Kubernetes API cannot start or stop: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int deploy(Vertx vertx, int port, RequestRouter server) {
    EventLoopServer loop = new EventLoopServer(vertx, port, server);
    await(vertx.deployVerticle(loop));
    return loop.http.actualPort();
  }

  private static final class EventLoopServer implements Verticle {
    private final Vertx vertx;
    private final HttpServer http;

    EventLoopServer(Vertx vertx, int port, RequestRouter server) {
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
              .requestHandler(server::handle);
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
