package io.firesteel.local.kubernetes;

import io.vertx.core.buffer.Buffer;

/** Sends a watch to a client over HTTP, each event in the form that the client asked for. */
interface RenderedSink extends WatchSink {

  Rendering rendering();

  /** Sends one event, unless the client has gone. */
  void send(Buffer event);

  @Override
  default void event(Change.Type type, StoredObject object) {
    send(rendering().event(type.name(), rendering().object(object)));
  }

  @Override
  default void bookmark(long revision, boolean endsInitialEvents) {
    send(rendering().event("BOOKMARK", rendering().bookmark(revision, endsInitialEvents)));
  }

  @Override
  default void failed(ApiFailure failure) {
    send(rendering().event("ERROR", Json.bytes(failure.status())));
  }
}
