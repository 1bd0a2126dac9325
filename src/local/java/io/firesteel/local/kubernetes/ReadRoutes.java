package io.firesteel.local.kubernetes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;

/** GET of one object and of lists. */
final class ReadRoutes {
  private final ObjectStore store;
  private final InstantSource clock;
  private final Continuations continuations = new Continuations();

  ReadRoutes(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  void get(HttpServerRequest request, ResourcePath path) {
    StoredObject object = store.get(path.key());
    if (object == null) {
      throw ApiFailure.notFound(path.kind(), path.name());
    }
    Rendering rendering = rendering(request, path.kind(), clock);
    Answers.json(request, 200, Buffer.buffer(rendering.object(object)));
  }

  void list(HttpServerRequest request, ResourceKind kind, ListRequest list) {
    Rendering rendering = rendering(request, kind, clock);
    Continuations.Page page =
        list.continuation().isEmpty()
            ? continuations.first(at(kind, list), list.limit())
            : continuations.next(list.continuation(), list.limit());
    Answers.json(request, 200, rendering.list(page, list.selection().takesAll()));
  }

  /** Only the present is kept: an exact older version is gone, "not older than" always holds. */
  private ObjectStore.Snapshot at(ResourceKind kind, ListRequest list) {
    ObjectStore.Snapshot now = store.list(kind, list.selection());
    long wanted = list.revision();
    if (wanted > now.revision()) {
      throw ApiFailure.tooLargeVersion(wanted, now.revision());
    }
    boolean exact = list.match().equals("Exact") && wanted != 0;
    boolean changed =
        exact
            && !(store.history(kind).after(wanted, 1) instanceof History.Page.Changes(var changes)
                && changes.isEmpty());
    if (changed) {
      throw ApiFailure.expired("The resourceVersion for the provided list is too old.");
    }
    return now;
  }

  static Rendering rendering(HttpServerRequest request, ResourceKind kind, InstantSource clock) {
    return new Rendering(
        kind,
        Accepted.of(request.getHeader("Accept")),
        ListRequest.text(request, "includeObject"),
        clock);
  }
}
