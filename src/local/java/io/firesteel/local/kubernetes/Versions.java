package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object's next version out of the one wanted: each part may change only its own. Pure.
 */
final class Versions {
  private Versions() {}

  static ObjectNode next(StoredObject current, Part part, ObjectNode wanted) {
    ObjectNode next =
        switch (part) {
          case MAIN -> main(current, wanted);
          case STATUS -> status(current, wanted);
        };
    ObjectNode old = current.json();
    next.set("apiVersion", old.path("apiVersion"));
    next.set("kind", old.path("kind"));
    return next;
  }

  /** Whether two versions differ in nothing but their bookkeeping. */
  static boolean same(ObjectNode current, ObjectNode next) {
    if (!bare(current).equals(bare(next))) {
      return false;
    }
    return timeless(current).equals(timeless(next));
  }

  private static ObjectNode main(StoredObject current, ObjectNode wanted) {
    ObjectNode next = Metadata.kept(current.json(), wanted);
    if (current.key().kind().hasStatus()) {
      setOrRemove(next, "status", current.json().get("status"));
    }
    return next;
  }

  private static ObjectNode status(StoredObject current, ObjectNode wanted) {
    ObjectNode next = Json.shallow(current.json());
    setOrRemove(next, "status", wanted.get("status"));
    ObjectNode metadata = Json.shallow(current.metadata());
    for (String field : List.of("labels", "annotations")) {
      setOrRemove(metadata, field, wanted.path("metadata").get(field));
    }
    next.set("metadata", metadata);
    return next;
  }

  private static void setOrRemove(ObjectNode object, String field, @Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      object.remove(field);
    } else {
      object.set(field, value);
    }
  }

  private static ObjectNode bare(ObjectNode object) {
    ObjectNode copy = Json.shallow(object);
    ObjectNode metadata = Json.shallow(object.path("metadata"));
    metadata.remove(List.of("resourceVersion", "managedFields"));
    copy.set("metadata", metadata);
    return copy;
  }

  private static JsonNode timeless(ObjectNode object) {
    var owners = Json.array();
    for (JsonNode entry : Json.at(object, "metadata", "managedFields")) {
      ObjectNode copy = Json.shallow(entry);
      copy.remove("time");
      owners.add(copy);
    }
    return owners;
  }
}
