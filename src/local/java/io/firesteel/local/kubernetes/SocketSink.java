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
final class SocketSink implements RenderedSink {
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
  public Rendering rendering() {
    return rendering;
  }

  @Override
  public boolean full() {
    return !begun || socket.isClosed() || socket.writeQueueFull();
  }

  @Override
  public void end() {
    if (!socket.isClosed()) {
      socket.close();
    }
  }

  @Override
  public void send(Buffer event) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(event.toString(StandardCharsets.UTF_8));
    }
  }
}
