package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.DeleteOptions.Propagation;
import java.time.Instant;
import java.util.Set;

/**
 * Decides what a delete does to an object: pods on a node get their grace, objects with finalizers
 * wait for them, everything else goes at once. Pure.
 */
final class Deletion {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private Deletion() {}

  /** What is to be done. */
  sealed interface Decision {
    /** It leaves the store now. */
    record Remove() implements Decision {}

    /** It stays for a while, in this state. */
    record Mark(ObjectNode next) implements Decision {}

    /** It is on its way out already and this delete does not hurry it. */
    record Nothing() implements Decision {}
  }

  static Decision decide(StoredObject current, DeleteOptions options, Instant now) {
    long grace = grace(current, options);
    ArrayNode finalizers = finalizers(current, options.propagation());
    boolean waits = !finalizers.isEmpty() || current.key().kind().is("namespaces");
    if (grace == 0 && !waits) {
      return new Decision.Remove();
    }
    long left = Json.at(current.json(), "metadata", "deletionGracePeriodSeconds").asLong(0);
    boolean sameFinalizers = finalizers.size() == current.metadata().path("finalizers").size();
    if (current.deleting() && sameFinalizers && grace >= left) {
      return new Decision.Nothing();
    }
    return new Decision.Mark(
        marked(current, finalizers, current.deleting() ? Math.min(grace, left) : grace, now));
  }

  /** True once nothing holds an object that is being deleted. */
  static boolean due(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.hasNonNull("deletionTimestamp")
        && metadata.path("finalizers").isEmpty()
        && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0
        && Json.at(object, "spec", "finalizers").isEmpty();
  }

  private static long grace(StoredObject current, DeleteOptions options) {
    JsonNode object = current.json();
    if (!current.key().kind().isPod()
        || Json.text(object, "spec", "nodeName").isEmpty()
        || Set.of("Succeeded", "Failed").contains(Json.text(object, "status", "phase"))) {
      return 0;
    }
    Long asked = options.graceSeconds();
    long own = Json.at(object, "spec", "terminationGracePeriodSeconds").asLong(30);
    long grace = asked == null ? own : asked;
    return grace < 0 ? 1 : grace;
  }

  private static ArrayNode finalizers(StoredObject current, Propagation propagation) {
    ArrayNode kept = Json.array();
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

  private static ObjectNode marked(
      StoredObject current, ArrayNode finalizers, long grace, Instant now) {
    ObjectNode next = Json.shallow(current.json());
    ObjectNode metadata = Json.shallow(current.metadata());
    metadata.put("deletionTimestamp", Timestamps.seconds(now.plusSeconds(grace)));
    metadata.put("deletionGracePeriodSeconds", grace);
    if (!finalizers.isEmpty()) {
      metadata.set("finalizers", finalizers);
    }
    next.set("metadata", metadata);
    if (current.key().kind().is("namespaces")) {
      next.set("status", Json.shallow(next.path("status")).put("phase", "Terminating"));
    }
    return next;
  }
}
