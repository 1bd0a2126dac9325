package io.firesteel.local.kubernetes.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes objects that have lost their owners, and empties namespaces that are being deleted. One
 * thread reads the current state for every change, so handling a change twice does no harm.
 */
public final class GarbageCollector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
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
        namespaces.finalizeIfTerminating(object.key().namespace());
      } else {
        deleteIfOwnerless(object.key());
        namespaces.onChange(object);
      }
    } catch (ApiException failure) {
      LOG.debug("The object changed before it was collected: {}", failure.getMessage());
    }
  }

  /** Deletes an object without a living owner; removes references to owners that are gone. */
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
