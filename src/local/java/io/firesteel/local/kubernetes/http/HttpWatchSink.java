package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.watch.WatchSink;
import io.vertx.core.buffer.Buffer;

/** Sends a watch over HTTP in the format that the client accepts. */
interface HttpWatchSink extends WatchSink {

  ResponseEncoder encoder();

  /** Sends one event, unless the client has disconnected. */
  void send(Buffer event);

  @Override
  default void event(Change.Type type, StoredObject object) {
    send(encoder().event(type.name(), encoder().object(object)));
  }

  @Override
  default void bookmark(long revision, boolean endsInitialEvents) {
    send(encoder().event("BOOKMARK", encoder().bookmark(revision, endsInitialEvents)));
  }

  @Override
  default void failed(ApiException failure) {
    send(encoder().event("ERROR", JsonTrees.bytes(failure.status())));
  }
}
