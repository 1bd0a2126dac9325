package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
final class Watcher {
  private static final int PAGE = 128;

  private final WatchRequest request;
  private final History history;
  private final WatchSink sink;
  private final Executor turns;
  private final AtomicBoolean awake = new AtomicBoolean();
  private final Deque<StoredObject> initial = new ArrayDeque<>();
  private long reached;
  private boolean endOwed;
  private volatile boolean closed;

  Watcher(ObjectStore store, WatchRequest request, WatchSink sink, Executor turns) {
    this.request = request;
    this.history = store.history(request.kind());
    this.sink = sink;
    this.turns = turns;
    this.reached = request.from();
    if (request.initialState()) {
      ObjectStore.Snapshot now = store.list(request.kind(), request.selection());
      initial.addAll(now.items());
      reached = now.revision();
      endOwed = request.marksEnd();
    }
  }

  ResourceKind kind() {
    return new ObjectKey(request.kind(), "", "").kind();
  }

  /** There may be something new, or room again. From any thread. */
  void wake() {
    if (!closed && awake.compareAndSet(false, true)) {
      turns.execute(this::turn);
    }
  }

  /** Sends a bookmark for a revision that was current before this call, if nothing is owed. */
  void bookmark(long revision) {
    turns.execute(() -> {
      turn();
      if (!closed && request.bookmarks() && initial.isEmpty() && !sink.full()) {
        reached = Math.max(reached, revision);
        sink.bookmark(reached, false);
      }
    });
  }

  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  private void turn() {
    awake.set(false);
    while (!closed && !initial.isEmpty() && !sink.full()) {
      sink.event(Change.Type.ADDED, initial.remove());
    }
    if (initial.isEmpty()) {
      markEnd();
      follow();
    }
  }

  private void markEnd() {
    if (endOwed && !closed) {
      endOwed = false;
      sink.bookmark(reached, true);
    }
  }

  private void follow() {
    boolean more = true;
    while (more && !closed && !sink.full()) {
      more =
          switch (history.after(reached, PAGE)) {
            case History.Page.TooOld(long oldest) -> expired(oldest);
            case History.Page.Changes(var changes) -> {
              changes.forEach(this::tell);
              yield !changes.isEmpty();
            }
          };
    }
  }

  private boolean expired(long oldest) {
    closed = true;
    sink.failed(ApiFailure.expired("too old resource version: %d (%d)".formatted(reached, oldest)));
    sink.end();
    return false;
  }

  private void tell(Change change) {
    reached = change.revision();
    Change.Type type = change.seenBy(request.selection());
    if (type != null && !closed) {
      boolean left = type == Change.Type.DELETED && change.type() != Change.Type.DELETED;
      sink.event(type, left ? asItWas(change) : change.after());
    }
  }

  /** An object that left the selection is shown as it was in it, under the revision of leaving. */
  private static StoredObject asItWas(Change change) {
    StoredObject before = change.before() == null ? change.after() : change.before();
    ObjectNode json = Json.shallow(before.json());
    json.set(
        "metadata",
        Json.shallow(before.metadata()).put("resourceVersion", Long.toString(change.revision())));
    return new StoredObject(before.key(), json, change.revision());
  }
}
