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
 * One watch: a position in the watch cache that advances as fast as the sink accepts events. It has
 * no queue, so a slow client costs nothing; a watch that falls behind the cache ends with 410
 * Expired. Runs only on its executor, which must run one task at a time.
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

  Watcher(ObjectStore store, WatchRequest request, WatchSink sink, Executor executor) {
    this.request = request;
    this.watchCache = store.watchCache(request.kind());
    this.sink = sink;
    this.executor = executor;
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

  /** Checks for new events. From any thread. */
  public void wake() {
    if (!closed && scheduled.compareAndSet(false, true)) {
      executor.execute(this::drain);
    }
  }

  /**
   * Sends a bookmark for a revision that was current before this call, unless events are pending.
   */
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

  /**
   * An object that leaves the selection is sent in its last selected state, with the new revision.
   */
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
