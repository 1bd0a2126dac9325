package io.firesteel.local.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All objects in memory, under one lock and one revision counter. Readers and the {@link
 * WatchCache} see a write at the same moment. Listeners run under the lock in the order of
 * revisions and must return at once. Thread-safe.
 */
public final class ObjectStore {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ResourceKind, KindStore> kinds = new HashMap<>();
  private final Map<ResourceKind, WatchCache> watchCaches = new HashMap<>();
  private final Map<String, ObjectKey> byUid = new HashMap<>();
  private final Map<String, Set<ObjectKey>> byOwner = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private volatile long revision;

  /**
   * @param watchCacheSize the number of changes to keep for each kind
   * @param firstRevision the start of the counter
   */
  public ObjectStore(int watchCacheSize, long firstRevision) {
    revision = firstRevision;
    for (ResourceKind kind : ResourceKinds.all()) {
      kinds.put(kind, new KindStore());
      watchCaches.put(kind, new WatchCache(watchCacheSize, firstRevision));
    }
  }

  /** The objects at one revision. */
  public record Snapshot(List<StoredObject> items, long revision) {}

  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  public long revision() {
    return revision;
  }

  public WatchCache watchCache(ResourceKind kind) {
    return Objects.requireNonNull(watchCaches.get(kind));
  }

  /** Runs several reads and writes atomically. */
  public <T> T exclusively(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  @Nullable
  public StoredObject get(ObjectKey key) {
    return exclusively(() -> table(key.kind()).get(key.path()));
  }

  public Snapshot list(ResourceKind kind, SelectionPredicate selectionPredicate) {
    return exclusively(() -> new Snapshot(table(kind).select(selectionPredicate), revision));
  }

  public Optional<StoredObject> byUid(String uid) {
    return exclusively(() -> Optional.ofNullable(byUid.get(uid)).map(this::get));
  }

  /** All objects with this owner. */
  public List<ObjectKey> ownedBy(String uid) {
    return exclusively(() -> new ArrayList<>(byOwner.getOrDefault(uid, Set.of())));
  }

  /** Writes a new version and assigns its revision; takes ownership of the tree. */
  public StoredObject put(ObjectKey key, ObjectNode json) {
    return exclusively(() -> {
      StoredObject before = get(key);
      StoredObject after = stamp(key, json);
      table(key.kind()).put(after);
      if (before != null) {
        unindex(before);
      }
      index(after);
      publish(new Change(before == null ? Change.Type.ADDED : Change.Type.MODIFIED, before, after));
      return after;
    });
  }

  /** Removes an object; returns its last state with the revision of the removal. */
  public StoredObject remove(StoredObject current, ObjectNode last) {
    return exclusively(() -> {
      table(current.key().kind()).remove(current.key().path());
      unindex(current);
      StoredObject gone = stamp(current.key(), JsonTrees.shallow(last));
      publish(new Change(Change.Type.DELETED, current, gone));
      return gone;
    });
  }

  private StoredObject stamp(ObjectKey key, ObjectNode json) {
    long next = revision + 1;
    ObjectNode metadata = JsonTrees.shallow(json.path("metadata"));
    metadata.put("resourceVersion", Long.toString(next));
    json.set("metadata", metadata);
    return new StoredObject(key, json, next);
  }

  private void publish(Change change) {
    watchCache(change.after().key().kind()).add(change);
    revision = change.revision();
    listeners.forEach(listener -> listener.accept(change));
  }

  private void index(StoredObject object) {
    byUid.put(object.uid(), object.key());
    for (JsonNode owner : object.metadata().path("ownerReferences")) {
      byOwner
          .computeIfAbsent(owner.path("uid").asText(), _ -> new LinkedHashSet<>())
          .add(object.key());
    }
  }

  private void unindex(StoredObject object) {
    byUid.remove(object.uid());
    for (JsonNode owner : object.metadata().path("ownerReferences")) {
      byOwner.computeIfPresent(
          owner.path("uid").asText(),
          (_, keys) -> {
            keys.remove(object.key());
            return keys.isEmpty() ? null : keys;
          });
    }
  }

  private KindStore table(ResourceKind kind) {
    return Objects.requireNonNull(kinds.get(kind));
  }
}
