package io.firesteel.local.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.patch.ManagedFields.Entry;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ApiException.Cause;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Server-side apply, as in structured-merge-diff of Kubernetes: merges the configuration into the
 * object, removes fields that the applier owned alone and no longer sends, and reports a conflict
 * for fields of other owners unless forced. Pure.
 */
public final class ServerSideApply {
  private ServerSideApply() {}

  /** A configuration to apply. */
  public record Application(ObjectNode configuration, String manager, boolean force, Instant now) {}

  /** The first version of an applied object. */
  public static ObjectNode create(Application application) {
    ObjectNode object = JsonTrees.shallow(application.configuration());
    setManagedFields(object, new ArrayList<>(), application);
    return object;
  }

  public static ObjectNode apply(ObjectNode live, Application application) {
    ObjectNode configuration = application.configuration();
    Map<List<String>, JsonNode> applied = FieldSet.leaves(configuration);
    List<Entry> entries = ManagedFields.read(live);
    Set<List<String>> dropped = new LinkedHashSet<>();
    entries.stream()
        .filter(entry -> entry.applies(application.manager()))
        .forEach(entry -> dropped.addAll(entry.fields()));
    dropped.removeAll(applied.keySet());
    entries.removeIf(entry -> entry.applies(application.manager()));
    resolveConflicts(conflicts(live, applied, entries), entries, application);
    entries.forEach(entry -> dropped.removeAll(entry.fields()));
    ObjectNode merged = (ObjectNode) merge("", live, configuration);
    dropped.stream()
        .sorted((a, b) -> Integer.compare(b.size(), a.size()))
        .forEach(path -> FieldRemoval.remove(merged, path, entries, applied.keySet()));
    setManagedFields(merged, entries, application);
    return merged;
  }

  private static void setManagedFields(
      ObjectNode object, List<Entry> entries, Application application) {
    List<Entry> all = new ArrayList<>();
    all.add(
        new Entry(
            application.manager(),
            "Apply",
            Timestamps.seconds(application.now()),
            FieldSet.leaves(application.configuration()).keySet()));
    all.addAll(entries);
    ManagedFields.write(object, all);
  }

  private static Map<List<String>, String> conflicts(
      ObjectNode live, Map<List<String>, JsonNode> applied, List<Entry> others) {
    Map<List<String>, JsonNode> now = FieldSet.leaves(live);
    Map<List<String>, String> conflicts = new LinkedHashMap<>();
    for (Entry other : others) {
      for (List<String> path : other.fields()) {
        JsonNode wanted = applied.get(path);
        if (wanted != null && !wanted.equals(now.get(path))) {
          conflicts.put(path, other.manager());
        }
      }
    }
    return conflicts;
  }

  private static void resolveConflicts(
      Map<List<String>, String> conflicts, List<Entry> others, Application application) {
    if (conflicts.isEmpty()) {
      return;
    }
    if (!application.force()) {
      List<Cause> causes = new ArrayList<>();
      conflicts.forEach((path, manager) ->
          causes.add(
              new Cause(
                  FieldSet.text(path),
                  "FieldManagerConflict",
                  "conflict with \"" + manager + "\"")));
      throw ApiException.fieldManagerConflict(causes);
    }
    others.forEach(other -> other.fields().removeAll(conflicts.keySet()));
  }

  private static JsonNode merge(String field, JsonNode live, JsonNode applied) {
    if (applied.isObject() && live.isObject() && !MergeKeys.isAtomicMap(field)) {
      ObjectNode merged = JsonTrees.shallow(live);
      applied
          .properties()
          .forEach(child ->
              merged.set(
                  child.getKey(),
                  merge(child.getKey(), live.path(child.getKey()), child.getValue())));
      return merged;
    }
    if (applied.isArray() && live.isArray()) {
      return mergeLists(field, live, applied);
    }
    return applied;
  }

  private static JsonNode mergeLists(String field, JsonNode live, JsonNode applied) {
    List<String> keys = MergeKeys.forApply(field, applied);
    if (keys.isEmpty() && !MergeKeys.isSet(field)) {
      return applied;
    }
    ArrayNode merged = JsonTrees.array();
    merged.addAll((ArrayNode) live);
    for (JsonNode item : applied) {
      int at = indexOf(merged, item, keys);
      if (at < 0) {
        merged.add(item);
      } else {
        merged.set(at, merge("", merged.path(at), item));
      }
    }
    return merged;
  }

  private static int indexOf(ArrayNode list, JsonNode item, List<String> keys) {
    for (int i = 0; i < list.size(); i++) {
      boolean same =
          keys.isEmpty()
              ? list.path(i).equals(item)
              : MergeKeys.keyOf(list.path(i), keys).equals(MergeKeys.keyOf(item, keys));
      if (same) {
        return i;
      }
    }
    return -1;
  }
}
