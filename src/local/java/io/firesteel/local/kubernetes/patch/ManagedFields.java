package io.firesteel.local.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The owners of fields. Tracked only for objects that were applied at least once, to keep other
 * writes cheap.
 */
public final class ManagedFields {
  private static final String BEFORE_FIRST_APPLY = "before-first-apply";

  /** The fields of one owner; the set is mutable. */
  record Entry(String manager, String operation, String time, Set<List<String>> fields) {
    boolean applies(String name) {
      return manager.equals(name) && operation.equals("Apply");
    }

    boolean updates(String name) {
      return manager.equals(name) && operation.equals("Update");
    }
  }

  private ManagedFields() {}

  public static boolean isTracked(JsonNode object) {
    return !JsonTrees.at(object, "metadata", "managedFields").isEmpty();
  }

  /** The owners; for an object that was never applied, one owner of everything. */
  static List<Entry> read(ObjectNode object) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : JsonTrees.at(object, "metadata", "managedFields")) {
      entries.add(
          new Entry(
              JsonTrees.text(entry, "manager"),
              JsonTrees.text(entry, "operation"),
              JsonTrees.text(entry, "time"),
              new LinkedHashSet<>(FieldSet.read(entry.path("fieldsV1")))));
    }
    if (entries.isEmpty()) {
      entries.add(
          new Entry(
              BEFORE_FIRST_APPLY,
              "Update",
              JsonTrees.text(object, "metadata", "creationTimestamp"),
              new LinkedHashSet<>(FieldSet.leaves(object).keySet())));
    }
    return entries;
  }

  /** Writes the owners to the metadata of the object. Changes the tree. */
  static void write(ObjectNode object, List<Entry> entries) {
    ArrayNode fields = JsonTrees.array();
    for (Entry entry : entries) {
      if (!entry.fields().isEmpty()) {
        ObjectNode node = fields.addObject();
        node.put("manager", entry.manager()).put("operation", entry.operation());
        node.put("apiVersion", JsonTrees.text(object, "apiVersion")).put("time", entry.time());
        node.put("fieldsType", "FieldsV1").set("fieldsV1", FieldSet.write(entry.fields()));
      }
    }
    ObjectNode metadata = JsonTrees.shallow(object.path("metadata"));
    metadata.set("managedFields", fields);
    object.set("metadata", metadata);
  }

  /** Assigns changed fields to the manager of an update. Changes {@code next}. */
  public static void afterUpdate(ObjectNode current, ObjectNode next, String manager, Instant now) {
    Map<List<String>, JsonNode> before = FieldSet.leaves(current);
    Map<List<String>, JsonNode> after = FieldSet.leaves(next);
    Set<List<String>> changed = new LinkedHashSet<>();
    after.forEach((path, value) -> {
      if (!value.equals(before.get(path))) {
        changed.add(path);
      }
    });
    List<Entry> entries = new ArrayList<>(read(current));
    for (Entry entry : entries) {
      entry.fields().removeIf(path -> changed.contains(path) || !after.containsKey(path));
    }
    if (!changed.isEmpty()) {
      Set<List<String>> owned = new LinkedHashSet<>();
      entries.stream().filter(e -> e.updates(manager)).forEach(e -> owned.addAll(e.fields()));
      entries.removeIf(e -> e.updates(manager));
      owned.addAll(changed);
      entries.add(new Entry(manager, "Update", Timestamps.seconds(now), owned));
    }
    write(next, entries);
  }
}
