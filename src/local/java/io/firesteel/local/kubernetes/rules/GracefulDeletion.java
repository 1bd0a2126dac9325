package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.rules.DeleteOptions.Propagation;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Instant;
import java.util.Set;

/**
 * Decides what a delete does to an object: pods on a node get their grace, objects with finalizers
 * wait for them, everything else goes at once. Pure.
 */
public final class GracefulDeletion {
  public static final String FOREGROUND = "foregroundDeletion";
  public static final String ORPHAN = "orphan";

  private GracefulDeletion() {}

  /** What is to be done. */
  sealed interface Decision {
    /** It leaves the store now. */
    record Remove() implements Decision {}

    /** It stays for a while, in this state. */
    record SetDeletionTimestamp(ObjectNode next) implements Decision {}

    /** It is on its way out already and this delete does not hurry it. */
    record Unchanged() implements Decision {}
  }

  static Decision decide(StoredObject current, DeleteOptions options, Instant now) {
    long grace = grace(current, options);
    ArrayNode finalizers = finalizers(current, options.propagation());
    boolean waits = !finalizers.isEmpty() || current.key().kind().is("namespaces");
    if (grace == 0 && !waits) {
      return new Decision.Remove();
    }
    long left = JsonTrees.at(current.json(), "metadata", "deletionGracePeriodSeconds").asLong(0);
    boolean sameFinalizers = finalizers.size() == current.metadata().path("finalizers").size();
    if (current.deleting() && sameFinalizers && grace >= left) {
      return new Decision.Unchanged();
    }
    return new Decision.SetDeletionTimestamp(
        withDeletionTimestamp(
            current, finalizers, current.deleting() ? Math.min(grace, left) : grace, now));
  }

  /** True once nothing holds an object that is being deleted. */
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

  private static ArrayNode finalizers(StoredObject current, Propagation propagation) {
    ArrayNode kept = JsonTrees.array();
    for (JsonNode finalizer : current.metadata().path("finalizers")) {
      boolean ofPropagation =
          finalizer.asText().equals(FOREGROUND) || finalizer.asText().equals(ORPHAN);
      if (!ofPropagation || current.deleting()) {
        kept.add(finalizer);
      }
    }
    if (current.deleting()) {
      return kept;
    }
    return switch (propagation) {
      case BACKGROUND -> kept;
      case FOREGROUND -> kept.add(FOREGROUND);
      case ORPHAN -> kept.add(ORPHAN);
    };
  }

  private static ObjectNode withDeletionTimestamp(
      StoredObject current, ArrayNode finalizers, long grace, Instant now) {
    ObjectNode next = JsonTrees.shallow(current.json());
    ObjectNode metadata = JsonTrees.shallow(current.metadata());
    metadata.put("deletionTimestamp", Timestamps.seconds(now.plusSeconds(grace)));
    metadata.put("deletionGracePeriodSeconds", grace);
    if (!finalizers.isEmpty()) {
      metadata.set("finalizers", finalizers);
    }
    next.set("metadata", metadata);
    if (current.key().kind().is("namespaces")) {
      next.set("status", JsonTrees.shallow(next.path("status")).put("phase", "Terminating"));
    }
    return next;
  }
}
