package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * Sends a watch as text messages of a websocket. It counts as full until {@link #open}: the fabric8
 * client loses messages that arrive in the instant between the handshake and its own listening (8
 * of 4000 watches in a trial), an instant that the network gives it where the server is far away.
 */
final class WebSocketWatchSink implements HttpWatchSink {
  private final ServerWebSocket socket;
  private final ResponseEncoder encoder;
  private boolean open;

  WebSocketWatchSink(ServerWebSocket socket, ResponseEncoder encoder) {
    this.socket = socket;
    this.encoder = encoder;
  }

  /** From now on messages may be sent; the watcher must be woken. */
  void open() {
    open = true;
  }

  @Override
  public ResponseEncoder rendering() {
    return encoder;
  }

  @Override
  public boolean full() {
    return !open || socket.isClosed() || socket.writeQueueFull();
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
