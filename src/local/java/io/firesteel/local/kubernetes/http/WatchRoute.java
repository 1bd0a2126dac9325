package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.watch.WatchBroadcaster;
import io.firesteel.local.kubernetes.watch.WatchRequest;
import io.firesteel.local.kubernetes.watch.WatchSink;
import io.firesteel.local.kubernetes.watch.Watcher;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Watches over HTTP, as a chunked response or as websocket messages, on the event loop of the
 * connection.
 */
final class WatchRoute {
  private static final long MIN_SECONDS = 1800;
  private static final long CLIENT_READY_MILLIS = 20;

  private final WatchBroadcaster watches;
  private final InstantSource clock;

  WatchRoute(WatchBroadcaster watches, InstantSource clock) {
    this.watches = watches;
    this.clock = clock;
  }

  void handle(HttpServerRequest request, ResourceKind kind, ListOptions list) {
    ResponseEncoder encoder = ReadRoutes.responseEncoder(request, kind, clock);
    WatchRequest watch = list.watchRequest(kind);
    long seconds =
        list.timeoutSeconds() > 0
            ? list.timeoutSeconds()
            : MIN_SECONDS + ThreadLocalRandom.current().nextLong(MIN_SECONDS);
    Context context = Objects.requireNonNull(Vertx.currentContext());
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request
          .toWebSocket()
          .onSuccess(
              socket -> serveWebSocket(socket, watch, encoder, new Connection(context, seconds)));
    } else {
      serveChunked(request.response(), watch, encoder, new Connection(context, seconds));
    }
  }

  private record Connection(Context context, long timeoutSeconds) {}

  private void serveChunked(
      HttpServerResponse response,
      WatchRequest watch,
      ResponseEncoder encoder,
      Connection connection) {
    response.setChunked(true).putHeader("Content-Type", "application/json");
    // Clients consider the watch open when they have the response head.
    response.write("");
    ChunkedWatchSink sink = new ChunkedWatchSink(response, encoder);
    Watcher watcher = watches.open(watch, sink, executor(connection.context()));
    Runnable close = limitDuration(watcher, sink, connection);
    response.drainHandler(_ -> watcher.wake());
    response.closeHandler(_ -> close.run());
    response.exceptionHandler(_ -> close.run());
  }

  private void serveWebSocket(
      ServerWebSocket socket, WatchRequest watch, ResponseEncoder encoder, Connection connection) {
    WebSocketWatchSink sink = new WebSocketWatchSink(socket, encoder);
    Watcher watcher = watches.open(watch, sink, executor(connection.context()));
    Runnable close = limitDuration(watcher, sink, connection);
    connection
        .context()
        .owner()
        .setTimer(
            CLIENT_READY_MILLIS,
            _ -> {
              sink.open();
              watcher.wake();
            });
    socket.drainHandler(_ -> watcher.wake());
    socket.closeHandler(_ -> close.run());
    socket.exceptionHandler(_ -> close.run());
  }

  /** Ends the watch at its timeout; returns the action for a client that disconnects before. */
  private Runnable limitDuration(Watcher watcher, WatchSink sink, Connection connection) {
    Vertx vertx = connection.context().owner();
    long timer =
        vertx.setTimer(
            TimeUnit.SECONDS.toMillis(connection.timeoutSeconds()),
            _ -> {
              watches.close(watcher);
              sink.end();
            });
    return () -> {
      vertx.cancelTimer(timer);
      watches.close(watcher);
    };
  }

  private static Executor executor(Context context) {
    return work -> context.runOnContext(_ -> work.run());
  }
}
