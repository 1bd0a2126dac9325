package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.DeleteOptions.Propagation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Owner references and namespaces: deletes what has lost its owners, finishes foreground and orphan
 * deletions, empties namespaces that go. One thread, which always looks at the present state and so
 * may meet the same change twice.
 */
final class Collector implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Collector.class.getName());
  private static final WriteOptions AS_COLLECTOR =
      WriteOptions.by("system:serviceaccount:kube-system:generic-garbage-collector");

  private final ObjectStore store;
  private final Registry registry;
  private final NamespaceSweep namespaces;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final Thread thread;

  Collector(ObjectStore store, Registry registry) {
    this.store = store;
    this.registry = registry;
    this.namespaces = new NamespaceSweep(store, registry);
    this.thread = Thread.ofPlatform().daemon().name("laptop-collector").unstarted(this::run);
  }

  void start() {
    store.onChange(this::noticed);
    thread.start();
  }

  private void noticed(Change change) {
    StoredObject object = change.after();
    boolean matters =
        change.type() == Change.Type.DELETED
            || object.deleting()
            || !object.metadata().path("ownerReferences").isEmpty();
    if (matters) {
      changes.add(change);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        handle(changes.take());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Change change) {
    try {
      StoredObject object = change.after();
      if (change.type() == Change.Type.DELETED) {
        store.ownedBy(object.uid()).forEach(this::orphaned);
        object.metadata().path("ownerReferences").forEach(this::released);
        namespaces.sweepIfTerminating(object.key().namespace());
      } else {
        orphaned(object.key());
        propagate(object.key());
        namespaces.noticed(object);
      }
    } catch (ApiFailure failure) {
      LOG.log(Level.DEBUG, "the collector was overtaken: {0}", failure.getMessage());
    }
  }

  /** An owner may have waited for this dependent. */
  private void released(JsonNode reference) {
    store.byUid(Json.text(reference, "uid")).map(StoredObject::key).ifPresent(this::propagate);
  }

  /** Deletes an object of which no owner is left; forgets owners that are gone. */
  private void orphaned(ObjectKey key) {
    store.exclusively(() -> {
      StoredObject object = store.get(key);
      if (object == null || object.deleting()) {
        return false;
      }
      JsonNode references = object.metadata().path("ownerReferences");
      ArrayNode living = Json.array();
      references.forEach(reference -> {
        if (lives(reference, key)) {
          living.add(reference);
        }
      });
      if (living.size() == references.size()) {
        return false;
      }
      if (living.isEmpty()) {
        registry.delete(key, DeleteOptions.DEFAULT.onlyUid(object.uid()), AS_COLLECTOR);
      } else {
        registry.patch(
            key,
            Part.MAIN,
            current -> withMetadata(current, "ownerReferences", living),
            AS_COLLECTOR);
      }
      return true;
    });
  }

  private boolean lives(JsonNode reference, ObjectKey dependent) {
    return store
        .byUid(Json.text(reference, "uid"))
        .filter(owner ->
            !owner.key().kind().namespaced()
                || owner.key().namespace().equals(dependent.namespace()))
        .isPresent();
  }

  /** Takes a foreground or orphan deletion one step further. */
  private void propagate(ObjectKey key) {
    store.exclusively(() -> {
      StoredObject owner = store.get(key);
      if (owner == null || !owner.deleting()) {
        return false;
      }
      if (owner.hasFinalizer(Deletion.ORPHAN)) {
        store.ownedBy(owner.uid()).forEach(dependent -> disown(dependent, owner.uid()));
        release(owner, Deletion.ORPHAN);
      } else if (owner.hasFinalizer(Deletion.FOREGROUND) && !anyBlocks(owner)) {
        release(owner, Deletion.FOREGROUND);
      }
      return true;
    });
  }

  private boolean anyBlocks(StoredObject owner) {
    boolean blocks = false;
    DeleteOptions foreground = new DeleteOptions(null, Propagation.FOREGROUND, null, null);
    for (ObjectKey key : store.ownedBy(owner.uid())) {
      StoredObject dependent = registry.existing(key);
      boolean goes = !dependent.deleting() && registry.delete(key, foreground, AS_COLLECTOR).gone();
      for (JsonNode reference : dependent.metadata().path("ownerReferences")) {
        blocks |=
            !goes
                && Json.text(reference, "uid").equals(owner.uid())
                && reference.path("blockOwnerDeletion").asBoolean();
      }
    }
    return blocks;
  }

  private void disown(ObjectKey key, String uid) {
    registry.patch(
        key,
        Part.MAIN,
        current -> {
          ArrayNode kept = Json.array();
          Json.at(current, "metadata", "ownerReferences")
              .forEach(reference -> {
                if (!Json.text(reference, "uid").equals(uid)) {
                  kept.add(reference);
                }
              });
          return withMetadata(current, "ownerReferences", kept);
        },
        AS_COLLECTOR);
  }

  private void release(StoredObject owner, String finalizer) {
    ArrayNode kept = Json.array();
    for (JsonNode known : owner.metadata().path("finalizers")) {
      if (!known.asText().equals(finalizer)) {
        kept.add(known);
      }
    }
    registry.patch(
        owner.key(), Part.MAIN, current -> withMetadata(current, "finalizers", kept), AS_COLLECTOR);
  }

  private static ObjectNode withMetadata(ObjectNode object, String field, JsonNode value) {
    ObjectNode next = Json.shallow(object);
    next.set("metadata", Json.shallow(object.path("metadata")).set(field, value));
    return next;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
