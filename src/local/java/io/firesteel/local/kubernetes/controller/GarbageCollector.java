package io.firesteel.local.kubernetes.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.DeleteOptions.Propagation;
import io.firesteel.local.kubernetes.rules.GracefulDeletion;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Owner references and namespaces: deletes what has lost its owners, finishes foreground and orphan
 * deletions, empties namespaces that go. One thread, which always looks at the present state and so
 * may meet the same change twice.
 */
public final class GarbageCollector implements AutoCloseable {
  private static final Logger LOG = System.getLogger(GarbageCollector.class.getName());
  private static final WriteOptions AS_COLLECTOR =
      WriteOptions.by("system:serviceaccount:kube-system:generic-garbage-collector");

  private final ObjectStore store;
  private final Registry registry;
  private final NamespaceController namespaces;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final Thread thread;

  public GarbageCollector(ObjectStore store, Registry registry) {
    this.store = store;
    this.registry = registry;
    this.namespaces = new NamespaceController(store, registry);
    this.thread = Thread.ofPlatform().daemon().name("laptop-collector").unstarted(this::run);
  }

  public void start() {
    store.onChange(this::onChange);
    thread.start();
  }

  private void onChange(Change change) {
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
        store.ownedBy(object.uid()).forEach(this::deleteIfOwnerless);
        object.metadata().path("ownerReferences").forEach(this::retryOwner);
        namespaces.finalizeIfTerminating(object.key().namespace());
      } else {
        deleteIfOwnerless(object.key());
        propagateDeletion(object.key());
        namespaces.onChange(object);
      }
    } catch (ApiException failure) {
      LOG.log(Level.DEBUG, "the collector was overtaken: {0}", failure.getMessage());
    }
  }

  /** An owner may have waited for this dependent. */
  private void retryOwner(JsonNode reference) {
    store
        .byUid(JsonTrees.text(reference, "uid"))
        .map(StoredObject::key)
        .ifPresent(this::propagateDeletion);
  }

  /** Deletes an object of which no owner is left; forgets owners that are gone. */
  private void deleteIfOwnerless(ObjectKey key) {
    store.exclusively(() -> {
      StoredObject object = store.get(key);
      if (object == null || object.deleting()) {
        return false;
      }
      JsonNode references = object.metadata().path("ownerReferences");
      ArrayNode living = JsonTrees.array();
      references.forEach(reference -> {
        if (ownerExists(reference, key)) {
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
            Subresource.NONE,
            current -> withMetadata(current, "ownerReferences", living),
            AS_COLLECTOR);
      }
      return true;
    });
  }

  private boolean ownerExists(JsonNode reference, ObjectKey dependent) {
    return store
        .byUid(JsonTrees.text(reference, "uid"))
        .filter(owner ->
            !owner.key().kind().namespaced()
                || owner.key().namespace().equals(dependent.namespace()))
        .isPresent();
  }

  /** Takes a foreground or orphan deletion one step further. */
  private void propagateDeletion(ObjectKey key) {
    store.exclusively(() -> {
      StoredObject owner = store.get(key);
      if (owner == null || !owner.deleting()) {
        return false;
      }
      if (owner.hasFinalizer(GracefulDeletion.ORPHAN)) {
        store.ownedBy(owner.uid()).forEach(dependent -> removeOwner(dependent, owner.uid()));
        removeFinalizer(owner, GracefulDeletion.ORPHAN);
      } else if (owner.hasFinalizer(GracefulDeletion.FOREGROUND) && !hasBlockingDependents(owner)) {
        removeFinalizer(owner, GracefulDeletion.FOREGROUND);
      }
      return true;
    });
  }

  private boolean hasBlockingDependents(StoredObject owner) {
    boolean blocks = false;
    DeleteOptions foreground = new DeleteOptions(null, Propagation.FOREGROUND, null, null);
    for (ObjectKey key : store.ownedBy(owner.uid())) {
      StoredObject dependent = registry.existing(key);
      boolean goes =
          !dependent.deleting() && registry.delete(key, foreground, AS_COLLECTOR).removed();
      for (JsonNode reference : dependent.metadata().path("ownerReferences")) {
        blocks |=
            !goes
                && JsonTrees.text(reference, "uid").equals(owner.uid())
                && reference.path("blockOwnerDeletion").asBoolean();
      }
    }
    return blocks;
  }

  private void removeOwner(ObjectKey key, String uid) {
    registry.patch(
        key,
        Subresource.NONE,
        current -> {
          ArrayNode kept = JsonTrees.array();
          JsonTrees.at(current, "metadata", "ownerReferences")
              .forEach(reference -> {
                if (!JsonTrees.text(reference, "uid").equals(uid)) {
                  kept.add(reference);
                }
              });
          return withMetadata(current, "ownerReferences", kept);
        },
        AS_COLLECTOR);
  }

  private void removeFinalizer(StoredObject owner, String finalizer) {
    ArrayNode kept = JsonTrees.array();
    for (JsonNode known : owner.metadata().path("finalizers")) {
      if (!known.asText().equals(finalizer)) {
        kept.add(known);
      }
    }
    registry.patch(
        owner.key(),
        Subresource.NONE,
        current -> withMetadata(current, "finalizers", kept),
        AS_COLLECTOR);
  }

  private static ObjectNode withMetadata(ObjectNode object, String field, JsonNode value) {
    ObjectNode next = JsonTrees.shallow(object);
    next.set("metadata", JsonTrees.shallow(object.path("metadata")).set(field, value));
    return next;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
