package io.firesteel.local.kubernetes;

import java.time.Duration;
import java.time.Instant;

/**
 * Forgets events after an hour, as the real server does, so that a long evening costs no memory.
 */
final class EventExpiry {
  private static final Duration KEPT = Duration.ofHours(1);

  private final ObjectStore store;

  EventExpiry(ObjectStore store) {
    this.store = store;
  }

  void sweep(Instant now) {
    String limit = Timestamps.seconds(now.minus(KEPT));
    for (StoredObject event : store.list(ResourceKinds.EVENTS, Selection.ALL).items()) {
      if (Json.text(event.metadata(), "creationTimestamp").compareTo(limit) < 0) {
        store.exclusively(() -> forget(event));
      }
    }
  }

  private boolean forget(StoredObject event) {
    StoredObject current = store.get(event.key());
    if (current == null || current.revision() != event.revision()) {
      return false;
    }
    store.remove(current, current.json());
    return true;
  }
}
