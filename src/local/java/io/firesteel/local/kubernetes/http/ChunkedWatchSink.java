package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Sends a watch as lines of JSON in a chunked response. */
record ChunkedWatchSink(HttpServerResponse response, ResponseEncoder encoder)
    implements HttpWatchSink {

  @Override
  public boolean full() {
    return response.closed() || response.writeQueueFull();
  }

  @Override
  public void send(Buffer event) {
    if (!response.ended() && !response.closed()) {
      response.write(event.appendByte((byte) '\n'));
    }
  }

  @Override
  public void end() {
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }
}
