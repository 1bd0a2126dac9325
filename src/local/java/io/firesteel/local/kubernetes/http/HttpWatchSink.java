package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.watch.WatchSink;
import io.vertx.core.buffer.Buffer;

/** Sends a watch to a client over HTTP, each event in the form that the client asked for. */
interface HttpWatchSink extends WatchSink {

  ResponseEncoder rendering();

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
  default void failed(ApiException failure) {
    send(rendering().event("ERROR", JsonTrees.bytes(failure.status())));
  }
}
