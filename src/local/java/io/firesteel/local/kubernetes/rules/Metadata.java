package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The metadata that the server owns, whatever a client sends. */
final class Metadata {
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int LONGEST_PREFIX = 58;
  private static final List<String> FIXED =
      List.of(
          "name",
          "namespace",
          "generateName",
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "resourceVersion",
          "managedFields",
          "selfLink");

  private Metadata() {}

  /** The name of a new object: its own, or one generated from generateName, or empty. */
  static String nameFor(JsonNode metadata) {
    String name = metadata.path("name").asText("");
    String prefix = metadata.path("generateName").asText("");
    if (!name.isEmpty() || prefix.isEmpty()) {
      return name;
    }
    RandomGenerator random = RandomGenerator.getDefault();
    StringBuilder made = new StringBuilder(prefix);
    made.setLength(Math.min(prefix.length(), LONGEST_PREFIX));
    for (int i = 0; i < 5; i++) {
      made.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
    }
    return made.toString();
  }

  /** Initializes the metadata of a new object. Changes the tree. */
  static void initialize(ObjectNode object, ObjectKey key, Instant now) {
    ObjectNode metadata = JsonTrees.shallow(object.path("metadata"));
    metadata.remove(
        List.of(
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "selfLink",
            "managedFields"));
    metadata.put("name", key.name());
    if (key.kind().namespaced()) {
      metadata.put("namespace", key.namespace());
    } else {
      metadata.remove("namespace");
    }
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Timestamps.seconds(now));
    if (hasGeneration(key.kind())) {
      metadata.put("generation", 1);
    }
    object.set("metadata", metadata);
  }

  /** The new version with the server's fields of the old one. */
  static ObjectNode withServerFields(ObjectNode current, ObjectNode wanted) {
    ObjectNode next = JsonTrees.shallow(wanted);
    ObjectNode metadata = JsonTrees.shallow(wanted.path("metadata"));
    for (String field : FIXED) {
      JsonNode old = current.path("metadata").get(field);
      if (old == null) {
        metadata.remove(field);
      } else {
        metadata.set(field, old);
      }
    }
    for (String field : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
      if (metadata.path(field).isContainerNode() && metadata.path(field).isEmpty()) {
        metadata.remove(field);
      }
    }
    next.set("metadata", metadata);
    return next;
  }

  /**
   * Increments the generation if the spec has changed, for kinds that have one. Changes the tree.
   */
  static void updateGeneration(ResourceKind kind, ObjectNode current, ObjectNode next) {
    if (hasGeneration(kind) && !current.path("spec").equals(next.path("spec"))) {
      ObjectNode metadata = (ObjectNode) next.path("metadata");
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
  }

  private static boolean hasGeneration(ResourceKind kind) {
    return kind.hasStatus() && !kind.group().isEmpty();
  }
}
