package io.firesteel.local.kubernetes.controller;

import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Duration;
import java.time.Instant;

/** Deletes events after an hour, as the real server does. */
public final class EventExpiry {
  private static final Duration TTL = Duration.ofHours(1);

  private final ObjectStore store;

  public EventExpiry(ObjectStore store) {
    this.store = store;
  }

  public void deleteExpired(Instant now) {
    String limit = Timestamps.seconds(now.minus(TTL));
    for (StoredObject event : store.list(ResourceKinds.EVENTS, SelectionPredicate.ALL).items()) {
      if (JsonTrees.text(event.metadata(), "creationTimestamp").compareTo(limit) < 0) {
        store.exclusively(() -> deleteIfUnchanged(event));
      }
    }
  }

  private boolean deleteIfUnchanged(StoredObject event) {
    StoredObject current = store.get(event.key());
    if (current == null || current.revision() != event.revision()) {
      return false;
    }
    store.remove(current, current.json());
    return true;
  }
}
