package io.firesteel.local.kubernetes.rules.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ResourceKind;
import java.util.List;
import java.util.Locale;

/**
 * Rejects objects whose common fields have the wrong type, as the decoder of the real server does.
 */
public final class StructuralSchema {
  private StructuralSchema() {}

  public static void check(ResourceKind kind, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    if (!metadata.isObject()) {
      throw decodingError("metadata", metadata, "an object");
    }
    for (String field : List.of("labels", "annotations")) {
      checkStringMap("metadata." + field, metadata.path(field));
    }
    checkList("metadata.ownerReferences", metadata.path("ownerReferences"), true);
    checkList("metadata.finalizers", metadata.path("finalizers"), false);
    for (String field : List.of("spec", "status")) {
      checkObject(field, object.path(field));
    }
    if (kind.is("configmaps") || kind.is("secrets")) {
      for (String field : List.of("data", "binaryData", "stringData")) {
        checkStringMap(field, object.path(field));
      }
    }
    if (kind.isPod() || kind.is("services")) {
      checkSpec(object.path("spec"));
    }
  }

  private static void checkSpec(JsonNode spec) {
    for (String field :
        List.of("containers", "initContainers", "volumes", "tolerations", "ports")) {
      checkList("spec." + field, spec.path(field), true);
    }
    for (String field : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(field)) {
        for (String list : List.of("env", "ports", "volumeMounts")) {
          checkList("spec." + field + "." + list, container.path(list), true);
        }
        checkObject("spec." + field + ".resources", container.path("resources"));
      }
    }
  }

  private static void checkStringMap(String path, JsonNode map) {
    checkObject(path, map);
    for (var entry : map.properties()) {
      if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
        throw decodingError(path, entry.getValue(), "texts");
      }
    }
  }

  private static void checkList(String path, JsonNode list, boolean ofObjects) {
    if (!list.isArray() && !absent(list)) {
      throw decodingError(path, list, "an array");
    }
    for (JsonNode item : list) {
      if (ofObjects ? !item.isObject() : !item.isTextual()) {
        throw decodingError(path, item, ofObjects ? "objects" : "texts");
      }
    }
  }

  private static void checkObject(String path, JsonNode node) {
    if (!node.isObject() && !absent(node)) {
      throw decodingError(path, node, "an object");
    }
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** Names the type, never the value: it may be secret. */
  private static ApiException decodingError(String path, JsonNode found, String expected) {
    return ApiException.badRequest(
        "the object cannot be decoded: %s holds a %s where %s must be"
            .formatted(path, found.getNodeType().name().toLowerCase(Locale.ROOT), expected));
  }
}
