package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * Refuses objects whose parts are not of the form every kind shares, as the real server's decoder
 * would, before anything else looks into them.
 */
final class Shapes {
  private Shapes() {}

  static void check(ResourceKind kind, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    if (!metadata.isObject()) {
      throw wrong("metadata", metadata, "an object");
    }
    for (String field : List.of("labels", "annotations")) {
      texts("metadata." + field, metadata.path(field));
    }
    items("metadata.ownerReferences", metadata.path("ownerReferences"), true);
    items("metadata.finalizers", metadata.path("finalizers"), false);
    for (String field : List.of("spec", "status")) {
      objectOrAbsent(field, object.path(field));
    }
    if (kind.is("configmaps") || kind.is("secrets")) {
      for (String field : List.of("data", "binaryData", "stringData")) {
        texts(field, object.path(field));
      }
    }
    if (kind.isPod() || kind.is("services")) {
      spec(object.path("spec"));
    }
  }

  private static void spec(JsonNode spec) {
    for (String field :
        List.of("containers", "initContainers", "volumes", "tolerations", "ports")) {
      items("spec." + field, spec.path(field), true);
    }
    for (String field : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(field)) {
        for (String list : List.of("env", "ports", "volumeMounts")) {
          items("spec." + field + "." + list, container.path(list), true);
        }
        objectOrAbsent("spec." + field + ".resources", container.path("resources"));
      }
    }
  }

  private static void texts(String path, JsonNode map) {
    objectOrAbsent(path, map);
    for (var entry : map.properties()) {
      if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
        throw wrong(path, entry.getValue(), "texts");
      }
    }
  }

  private static void items(String path, JsonNode list, boolean ofObjects) {
    if (!list.isArray() && !absent(list)) {
      throw wrong(path, list, "an array");
    }
    for (JsonNode item : list) {
      if (ofObjects ? !item.isObject() : !item.isTextual()) {
        throw wrong(path, item, ofObjects ? "objects" : "texts");
      }
    }
  }

  private static void objectOrAbsent(String path, JsonNode node) {
    if (!node.isObject() && !absent(node)) {
      throw wrong(path, node, "an object");
    }
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** Names the type found and never the value, which may be a secret. */
  private static ApiFailure wrong(String path, JsonNode found, String expected) {
    return ApiFailure.badRequest(
        "the object cannot be decoded: %s holds a %s where %s must be"
            .formatted(path, found.getNodeType().name().toLowerCase(Locale.ROOT), expected));
  }
}
