package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the next version of an object: a write changes only its part. Pure. */
final class UpdateStrategy {
  private UpdateStrategy() {}

  static ObjectNode next(StoredObject current, Subresource subresource, ObjectNode wanted) {
    ObjectNode next =
        switch (subresource) {
          case NONE -> main(current, wanted);
          case STATUS -> status(current, wanted);
        };
    ObjectNode old = current.json();
    next.set("apiVersion", old.path("apiVersion"));
    next.set("kind", old.path("kind"));
    return next;
  }

  /** Whether two versions are equal but for their bookkeeping. */
  static boolean isUnchanged(ObjectNode current, ObjectNode next) {
    if (!withoutVersions(current).equals(withoutVersions(next))) {
      return false;
    }
    return managersWithoutTimes(current).equals(managersWithoutTimes(next));
  }

  private static ObjectNode main(StoredObject current, ObjectNode wanted) {
    ObjectNode next = Metadata.withServerFields(current.json(), wanted);
    if (current.key().kind().hasStatus()) {
      setOrRemove(next, "status", current.json().get("status"));
    }
    return next;
  }

  private static ObjectNode status(StoredObject current, ObjectNode wanted) {
    ObjectNode next = JsonTrees.shallow(current.json());
    setOrRemove(next, "status", wanted.get("status"));
    ObjectNode metadata = JsonTrees.shallow(current.metadata());
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

  private static ObjectNode withoutVersions(ObjectNode object) {
    ObjectNode copy = JsonTrees.shallow(object);
    ObjectNode metadata = JsonTrees.shallow(object.path("metadata"));
    metadata.remove(List.of("resourceVersion", "managedFields"));
    copy.set("metadata", metadata);
    return copy;
  }

  private static JsonNode managersWithoutTimes(ObjectNode object) {
    var owners = JsonTrees.array();
    for (JsonNode entry : JsonTrees.at(object, "metadata", "managedFields")) {
      ObjectNode copy = JsonTrees.shallow(entry);
      copy.remove("time");
      owners.add(copy);
    }
    return owners;
  }
}
