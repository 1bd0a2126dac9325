package io.firesteel.local.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.store.WatchCache;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One watch: a place in the history of its kind that moves on as fast as its receiver takes events.
 * It holds no queue of its own, so a receiver that stops reading costs nothing; if it falls behind
 * what history keeps, it is told so (410, Expired) and ends. Works only in turns of its executor,
 * which must run them one at a time.
 */
public final class Watcher {
  private static final int PAGE = 128;

  private final WatchRequest request;
  private final WatchCache watchCache;
  private final WatchSink sink;
  private final Executor executor;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Deque<StoredObject> initial = new ArrayDeque<>();
  private long lastRevision;
  private boolean initialEventsEndPending;
  private volatile boolean closed;

  Watcher(ObjectStore store, WatchRequest request, WatchSink sink, Executor turns) {
    this.request = request;
    this.watchCache = store.watchCache(request.kind());
    this.sink = sink;
    this.executor = turns;
    this.lastRevision = request.startRevision();
    if (request.sendInitialEvents()) {
      ObjectStore.Snapshot now = store.list(request.kind(), request.selection());
      initial.addAll(now.items());
      lastRevision = now.revision();
      initialEventsEndPending = request.bookmarkAfterInitialEvents();
    }
  }

  ResourceKind kind() {
    return request.kind();
  }

  /** There may be something new, or room again. From any thread. */
  public void wake() {
    if (!closed && scheduled.compareAndSet(false, true)) {
      executor.execute(this::drain);
    }
  }

  /** Sends a bookmark for a revision that was current before this call, if nothing is owed. */
  void bookmark(long revision) {
    executor.execute(() -> {
      drain();
      if (!closed && request.allowWatchBookmarks() && initial.isEmpty() && !sink.full()) {
        lastRevision = Math.max(lastRevision, revision);
        sink.bookmark(lastRevision, false);
      }
    });
  }

  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  private void drain() {
    scheduled.set(false);
    while (!closed && !initial.isEmpty() && !sink.full()) {
      sink.event(Change.Type.ADDED, initial.remove());
    }
    if (initial.isEmpty()) {
      sendInitialEventsEnd();
      follow();
    }
  }

  private void sendInitialEventsEnd() {
    if (initialEventsEndPending && !closed) {
      initialEventsEndPending = false;
      sink.bookmark(lastRevision, true);
    }
  }

  private void follow() {
    boolean more = true;
    while (more && !closed && !sink.full()) {
      more =
          switch (watchCache.after(lastRevision, PAGE)) {
            case WatchCache.Page.Expired(long oldest) -> expired(oldest);
            case WatchCache.Page.Changes(var changes) -> {
              changes.forEach(this::send);
              yield !changes.isEmpty();
            }
          };
    }
  }

  private boolean expired(long oldest) {
    closed = true;
    sink.failed(
        ApiException.expired("too old resource version: %d (%d)".formatted(lastRevision, oldest)));
    sink.end();
    return false;
  }

  private void send(Change change) {
    lastRevision = change.revision();
    Change.Type type = change.typeFor(request.selection());
    if (type != null && !closed) {
      boolean left = type == Change.Type.DELETED && change.type() != Change.Type.DELETED;
      sink.event(type, left ? lastSelectedVersion(change) : change.after());
    }
  }

  /** An object that left the selection is shown as it was in it, under the revision of leaving. */
  private static StoredObject lastSelectedVersion(Change change) {
    StoredObject before = change.before() == null ? change.after() : change.before();
    ObjectNode json = JsonTrees.shallow(before.json());
    json.set(
        "metadata",
        JsonTrees.shallow(before.metadata())
            .put("resourceVersion", Long.toString(change.revision())));
    return new StoredObject(before.key(), json, change.revision());
  }
}
