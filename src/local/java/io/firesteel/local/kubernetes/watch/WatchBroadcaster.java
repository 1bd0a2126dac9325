package io.firesteel.local.kubernetes.watch;

import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Wakes the open watches of a changed kind. Thread-safe. */
public final class WatchBroadcaster {
  private final ObjectStore store;
  private final Map<ResourceKind, Set<Watcher>> watchers = new ConcurrentHashMap<>();

  public WatchBroadcaster(ObjectStore store) {
    this.store = store;
    store.onChange(change -> of(change.after().key().kind()).forEach(Watcher::wake));
  }

  /** Opens a watch; the executor delivers its events. */
  public Watcher open(WatchRequest request, WatchSink sink, Executor turns) {
    Watcher watcher = new Watcher(store, request, sink, turns);
    of(watcher.kind()).add(watcher);
    watcher.wake();
    return watcher;
  }

  public void close(Watcher watcher) {
    watcher.close();
    of(watcher.kind()).remove(watcher);
  }

  /** Sends a bookmark to every watch that asked for bookmarks. */
  public void sendBookmarks() {
    long revision = store.revision();
    watchers.values().forEach(all -> all.removeIf(Watcher::closed));
    watchers.values().forEach(all -> all.forEach(watcher -> watcher.bookmark(revision)));
  }

  private Set<Watcher> of(ResourceKind kind) {
    return watchers.computeIfAbsent(kind, _ -> ConcurrentHashMap.newKeySet());
  }
}
