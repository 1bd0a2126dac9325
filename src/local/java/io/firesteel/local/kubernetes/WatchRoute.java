package io.firesteel.local.kubernetes;

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
 * Watches over HTTP: as chunks of one endless answer, or as messages of a websocket. Each lives on
 * the event loop of its connection.
 */
final class WatchRoute {
  private static final long SHORTEST_SECONDS = 1800;
  private static final long CLIENT_LISTENS_MILLIS = 20;

  private final WatchHub hub;
  private final InstantSource clock;

  WatchRoute(WatchHub hub, InstantSource clock) {
    this.hub = hub;
    this.clock = clock;
  }

  void handle(HttpServerRequest request, ResourceKind kind, ListRequest list) {
    Rendering rendering = ReadRoutes.rendering(request, kind, clock);
    WatchRequest watch = list.watchOf(kind);
    long seconds =
        list.timeoutSeconds() > 0
            ? list.timeoutSeconds()
            : SHORTEST_SECONDS + ThreadLocalRandom.current().nextLong(SHORTEST_SECONDS);
    Context context = Objects.requireNonNull(Vertx.currentContext());
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request
          .toWebSocket()
          .onSuccess(socket -> overSocket(socket, watch, rendering, new Turn(context, seconds)));
    } else {
      overChunks(request.response(), watch, rendering, new Turn(context, seconds));
    }
  }

  private record Turn(Context context, long seconds) {}

  private void overChunks(
      HttpServerResponse response, WatchRequest watch, Rendering rendering, Turn turn) {
    response.setChunked(true).putHeader("Content-Type", "application/json");
    // Clients wait for the head before they believe that the watch is open.
    response.write("");
    ChunkSink sink = new ChunkSink(response, rendering);
    Watcher watcher = hub.open(watch, sink, turn(turn.context()));
    Runnable close = closing(watcher, sink, turn);
    response.drainHandler(_ -> watcher.wake());
    response.closeHandler(_ -> close.run());
    response.exceptionHandler(_ -> close.run());
  }

  private void overSocket(
      ServerWebSocket socket, WatchRequest watch, Rendering rendering, Turn turn) {
    SocketSink sink = new SocketSink(socket, rendering);
    Watcher watcher = hub.open(watch, sink, turn(turn.context()));
    Runnable close = closing(watcher, sink, turn);
    turn.context()
        .owner()
        .setTimer(
            CLIENT_LISTENS_MILLIS,
            _ -> {
              sink.begin();
              watcher.wake();
            });
    socket.drainHandler(_ -> watcher.wake());
    socket.closeHandler(_ -> close.run());
    socket.exceptionHandler(_ -> close.run());
  }

  /** Sets the watch's time limit; answers what to do when the client leaves before it. */
  private Runnable closing(Watcher watcher, WatchSink sink, Turn turn) {
    Vertx vertx = turn.context().owner();
    long timer =
        vertx.setTimer(
            TimeUnit.SECONDS.toMillis(turn.seconds()),
            _ -> {
              hub.close(watcher);
              sink.end();
            });
    return () -> {
      vertx.cancelTimer(timer);
      hub.close(watcher);
    };
  }

  private static Executor turn(Context context) {
    return work -> context.runOnContext(_ -> work.run());
  }
}
