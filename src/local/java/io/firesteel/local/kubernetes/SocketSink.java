package io.firesteel.local.kubernetes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * Sends a watch as text messages of a websocket. It counts as full until {@link #begin}: the
 * fabric8 client loses messages that arrive in the instant between the handshake and its own
 * listening (8 of 4000 watches in a trial), an instant that the network gives it where the server
 * is far away.
 */
final class SocketSink implements WatchSink {
  private final ServerWebSocket socket;
  private final Rendering rendering;
  private boolean begun;

  SocketSink(ServerWebSocket socket, Rendering rendering) {
    this.socket = socket;
    this.rendering = rendering;
  }

  /** From now on messages may be sent; the watcher must be woken. */
  void begin() {
    begun = true;
  }

  @Override
  public boolean full() {
    return !begun || socket.isClosed() || socket.writeQueueFull();
  }

  @Override
  public void event(Change.Type type, StoredObject object) {
    send(rendering.event(type.name(), rendering.object(object)));
  }

  @Override
  public void bookmark(long revision, boolean endsInitialEvents) {
    send(rendering.event("BOOKMARK", rendering.bookmark(revision, endsInitialEvents)));
  }

  @Override
  public void failed(ApiFailure failure) {
    send(rendering.event("ERROR", Json.bytes(failure.status())));
  }

  @Override
  public void end() {
    if (!socket.isClosed()) {
      socket.close();
    }
  }

  private void send(Buffer event) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(event.toString(StandardCharsets.UTF_8));
    }
  }
}
