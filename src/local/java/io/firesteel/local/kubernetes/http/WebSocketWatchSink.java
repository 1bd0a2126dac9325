package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * Sends a watch as websocket text messages. It is full until {@link #open}, because the fabric8
 * client loses messages that arrive between the handshake and its own subscription (8 of 4000
 * watches in a trial).
 */
final class WebSocketWatchSink implements HttpWatchSink {
  private final ServerWebSocket socket;
  private final ResponseEncoder encoder;
  private boolean open;

  WebSocketWatchSink(ServerWebSocket socket, ResponseEncoder encoder) {
    this.socket = socket;
    this.encoder = encoder;
  }

  /** Allows messages; wake the watcher afterwards. */
  void open() {
    open = true;
  }

  @Override
  public ResponseEncoder encoder() {
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
