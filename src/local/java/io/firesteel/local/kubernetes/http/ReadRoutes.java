package io.firesteel.local.kubernetes.http;

import io.firesteel.local.kubernetes.http.encoding.ContinueTokens;
import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.firesteel.local.kubernetes.http.encoding.ResponseFormat;
import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.firesteel.local.kubernetes.http.request.ResourcePath;
import io.firesteel.local.kubernetes.http.request.Responses;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.store.WatchCache;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;

/** GET of one object and of lists. */
final class ReadRoutes {
  private final ObjectStore store;
  private final InstantSource clock;
  private final ContinueTokens continueTokens = new ContinueTokens();

  ReadRoutes(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  void get(HttpServerRequest request, ResourcePath path) {
    StoredObject object = store.get(path.key());
    if (object == null) {
      throw ApiException.notFound(path.kind(), path.name());
    }
    ResponseEncoder encoder = responseEncoder(request, path.kind(), clock);
    Responses.json(request, 200, Buffer.buffer(encoder.object(object)));
  }

  void list(HttpServerRequest request, ResourceKind kind, ListOptions list) {
    ResponseEncoder encoder = responseEncoder(request, kind, clock);
    ContinueTokens.Page page =
        list.continueToken().isEmpty()
            ? continueTokens.firstPage(snapshot(kind, list), list.limit())
            : continueTokens.nextPage(list.continueToken(), list.limit());
    Responses.json(request, 200, encoder.list(page, list.selection().selectsEverything()));
  }

  /**
   * Only the current state exists: an exact older version has expired, and "not older than" always
   * holds.
   */
  private ObjectStore.Snapshot snapshot(ResourceKind kind, ListOptions list) {
    ObjectStore.Snapshot now = store.list(kind, list.selection());
    long wanted = list.revision();
    if (wanted > now.revision()) {
      throw ApiException.resourceVersionTooLarge(wanted, now.revision());
    }
    boolean exact = list.resourceVersionMatch().equals("Exact") && wanted != 0;
    boolean changed =
        exact
            && !(store.watchCache(kind).after(wanted, 1)
                    instanceof WatchCache.Page.Changes(var changes)
                && changes.isEmpty());
    if (changed) {
      throw ApiException.expired("The resourceVersion for the provided list is too old.");
    }
    return now;
  }

  static ResponseEncoder responseEncoder(
      HttpServerRequest request, ResourceKind kind, InstantSource clock) {
    return new ResponseEncoder(
        kind,
        ResponseFormat.of(request.getHeader("Accept")),
        ListOptions.parameter(request, "includeObject"),
        clock);
  }
}
