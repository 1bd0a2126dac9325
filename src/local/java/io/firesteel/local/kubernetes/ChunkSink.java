package io.firesteel.local.kubernetes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Sends a watch as lines of JSON in one chunked answer. */
final class ChunkSink implements WatchSink {
  private final HttpServerResponse response;
  private final Rendering rendering;

  ChunkSink(HttpServerResponse response, Rendering rendering) {
    this.response = response;
    this.rendering = rendering;
  }

  @Override
  public boolean full() {
    return response.closed() || response.writeQueueFull();
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
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }

  private void send(Buffer event) {
    if (!response.ended() && !response.closed()) {
      response.write(event.appendByte((byte) '\n'));
    }
  }
}
