package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Instant;
import java.util.Set;

/**
 * Decides what a delete does to an object: a pod on a node gets its grace period, an object with
 * finalizers waits for them, and everything else is removed at once. Pure.
 */
public final class GracefulDeletion {

  private GracefulDeletion() {}

  /** The outcome of a delete. */
  sealed interface Decision {
    /** Remove the object from the store. */
    record Remove() implements Decision {}

    /** Mark the object as being deleted. */
    record SetDeletionTimestamp(ObjectNode next) implements Decision {}

    /** The object is already being deleted, and this delete does not shorten its grace period. */
    record Unchanged() implements Decision {}
  }

  static Decision decide(StoredObject current, DeleteOptions options, Instant now) {
    long grace = grace(current, options);
    boolean waits =
        !current.metadata().path("finalizers").isEmpty() || current.key().kind().is("namespaces");
    if (grace == 0 && !waits) {
      return new Decision.Remove();
    }
    long left = JsonTrees.at(current.json(), "metadata", "deletionGracePeriodSeconds").asLong(0);
    if (current.deleting() && grace >= left) {
      return new Decision.Unchanged();
    }
    return new Decision.SetDeletionTimestamp(
        withDeletionTimestamp(current, current.deleting() ? Math.min(grace, left) : grace, now));
  }

  /** Whether an object that is being deleted can be removed. */
  static boolean isComplete(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.hasNonNull("deletionTimestamp")
        && metadata.path("finalizers").isEmpty()
        && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0
        && JsonTrees.at(object, "spec", "finalizers").isEmpty();
  }

  private static long grace(StoredObject current, DeleteOptions options) {
    JsonNode object = current.json();
    if (!current.key().kind().isPod()
        || JsonTrees.text(object, "spec", "nodeName").isEmpty()
        || Set.of("Succeeded", "Failed").contains(JsonTrees.text(object, "status", "phase"))) {
      return 0;
    }
    Long asked = options.graceSeconds();
    long own = JsonTrees.at(object, "spec", "terminationGracePeriodSeconds").asLong(30);
    long grace = asked == null ? own : asked;
    return grace < 0 ? 1 : grace;
  }

  private static ObjectNode withDeletionTimestamp(StoredObject current, long grace, Instant now) {
    ObjectNode next = JsonTrees.shallow(current.json());
    ObjectNode metadata = JsonTrees.shallow(current.metadata());
    metadata.put("deletionTimestamp", Timestamps.seconds(now.plusSeconds(grace)));
    metadata.put("deletionGracePeriodSeconds", grace);
    next.set("metadata", metadata);
    if (current.key().kind().is("namespaces")) {
      next.set("status", JsonTrees.shallow(next.path("status")).put("phase", "Terminating"));
    }
    return next;
  }
}
