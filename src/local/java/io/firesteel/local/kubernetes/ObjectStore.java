package io.firesteel.local.kubernetes;

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
 * Every object of the cluster, in memory, under one lock and one counter of revisions. A write is
 * seen by readers and by the kind's {@link History} at the same moment; nothing is ever half
 * written. Listeners are called under the lock in the order of revisions and must return at once.
 * Thread-safe.
 */
final class ObjectStore {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ResourceKind, KindTable> tables = new HashMap<>();
  private final Map<ResourceKind, History> histories = new HashMap<>();
  private final Map<String, ObjectKey> byUid = new HashMap<>();
  private final Map<String, Set<ObjectKey>> byOwner = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private volatile long revision;

  /**
   * @param historySize how many changes of each kind watchers can go back
   * @param firstRevision where the counter starts
   */
  ObjectStore(int historySize, long firstRevision) {
    revision = firstRevision;
    for (ResourceKind kind : ResourceKinds.all()) {
      if (kind != ResourceKinds.NEW_EVENTS) {
        tables.put(kind, new KindTable());
        histories.put(kind, new History(historySize, firstRevision));
      }
    }
  }

  /** Objects as they were at one revision. */
  record Snapshot(List<StoredObject> items, long revision) {}

  void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  long revision() {
    return revision;
  }

  History history(ResourceKind kind) {
    return Objects.requireNonNull(histories.get(stored(kind)));
  }

  /** Runs several reads and writes as one step that nobody can come between. */
  <T> T exclusively(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  @Nullable StoredObject get(ObjectKey key) {
    return exclusively(() -> table(key.kind()).get(key.path()));
  }

  Snapshot list(ResourceKind kind, Selection selection) {
    return exclusively(() -> new Snapshot(table(kind).select(selection), revision));
  }

  Optional<StoredObject> byUid(String uid) {
    return exclusively(() -> Optional.ofNullable(byUid.get(uid)).map(this::get));
  }

  /** Everything that names this uid as an owner. */
  List<ObjectKey> ownedBy(String uid) {
    return exclusively(() -> new ArrayList<>(byOwner.getOrDefault(uid, Set.of())));
  }

  /** Writes a new version. The tree becomes the store's own; its revision is stamped here. */
  StoredObject put(ObjectKey key, ObjectNode json) {
    return exclusively(() -> {
      StoredObject before = get(key);
      StoredObject after = stamp(key, json);
      table(key.kind()).put(after);
      if (before != null) {
        forget(before);
      }
      remember(after);
      publish(new Change(before == null ? Change.Type.ADDED : Change.Type.MODIFIED, before, after));
      return after;
    });
  }

  /** Removes an object for good; answers its last state under the removal's revision. */
  StoredObject remove(StoredObject current, ObjectNode last) {
    return exclusively(() -> {
      table(current.key().kind()).remove(current.key().path());
      forget(current);
      StoredObject gone = stamp(current.key(), Json.shallow(last));
      publish(new Change(Change.Type.DELETED, current, gone));
      return gone;
    });
  }

  private StoredObject stamp(ObjectKey key, ObjectNode json) {
    long next = revision + 1;
    ObjectNode metadata = Json.shallow(json.path("metadata"));
    metadata.put("resourceVersion", Long.toString(next));
    json.set("metadata", metadata);
    return new StoredObject(key, json, next);
  }

  private void publish(Change change) {
    history(change.after().key().kind()).add(change);
    revision = change.revision();
    listeners.forEach(listener -> listener.accept(change));
  }

  private void remember(StoredObject object) {
    byUid.put(object.uid(), object.key());
    for (JsonNode owner : object.metadata().path("ownerReferences")) {
      byOwner
          .computeIfAbsent(owner.path("uid").asText(), _ -> new LinkedHashSet<>())
          .add(object.key());
    }
  }

  private void forget(StoredObject object) {
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

  private KindTable table(ResourceKind kind) {
    return Objects.requireNonNull(tables.get(stored(kind)));
  }

  private static ResourceKind stored(ResourceKind kind) {
    return kind == ResourceKinds.NEW_EVENTS ? ResourceKinds.EVENTS : kind;
  }
}
