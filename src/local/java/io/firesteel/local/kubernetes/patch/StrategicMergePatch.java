package io.firesteel.local.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategic merge patch of Kubernetes: a merge patch that merges lists of keyed items by key and
 * supports {@code $patch}, {@code $retainKeys} and {@code $deleteFromPrimitiveList}. Ignores {@code
 * $setElementOrder}. Pure.
 */
public final class StrategicMergePatch {
  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";

  private StrategicMergePatch() {}

  public static ObjectNode apply(JsonNode original, ObjectNode patch) {
    return switch (patch.path(DIRECTIVE).asText("")) {
      case "replace" -> clean(patch);
      case "delete" -> JsonTrees.object();
      case "", "merge" -> merge(JsonTrees.shallow(original), patch);
      default ->
          throw ApiException.badRequest(
              "unknown $patch directive: " + patch.path(DIRECTIVE).asText());
    };
  }

  private static ObjectNode merge(ObjectNode merged, ObjectNode patch) {
    for (var change : patch.properties()) {
      String field = change.getKey();
      JsonNode value = change.getValue();
      if (field.startsWith(DELETE_FROM)) {
        String list = field.substring(DELETE_FROM.length());
        merged.set(list, without(merged.path(list), value));
      } else if (value.isNull()) {
        merged.remove(field);
      } else if (!field.equals(DIRECTIVE) && !field.equals(RETAIN) && !field.startsWith(ORDER)) {
        merged.set(field, value(field, merged.path(field), value));
      }
    }
    if (patch.has(RETAIN)) {
      List<String> retained = new ArrayList<>();
      patch.path(RETAIN).forEach(name -> retained.add(name.asText()));
      merged.retain(retained);
    }
    return merged;
  }

  private static JsonNode value(String field, JsonNode original, JsonNode patch) {
    if (patch instanceof ObjectNode changes) {
      return apply(original, changes);
    }
    if (patch instanceof ArrayNode items) {
      return list(field, original, items);
    }
    return patch;
  }

  private static ArrayNode list(String field, JsonNode original, ArrayNode patch) {
    if (MergeKeys.isSet(field)) {
      ArrayNode union = without(original, patch);
      return union.addAll(patch);
    }
    String key = MergeKeys.forPatch(field, patch);
    boolean replaced = false;
    for (JsonNode item : patch) {
      replaced |= item.path(DIRECTIVE).asText("").equals("replace");
    }
    if (key.isEmpty() || replaced) {
      return plainItems(patch);
    }
    ArrayNode merged = JsonTrees.array();
    merged.addAll(original instanceof ArrayNode items ? items : JsonTrees.array());
    for (JsonNode item : patch) {
      item(merged, key, item);
    }
    return merged;
  }

  private static void item(ArrayNode merged, String key, JsonNode item) {
    if (!(item instanceof ObjectNode change) || !change.has(key)) {
      throw ApiException.badRequest(
          "map: " + item + " does not contain declared merge key: " + key);
    }
    int at = indexOf(merged, key, change.path(key));
    if (change.path(DIRECTIVE).asText("").equals("delete")) {
      if (at >= 0) {
        merged.remove(at);
      }
    } else if (at >= 0) {
      merged.set(at, apply(merged.path(at), change));
    } else {
      merged.add(apply(JsonTrees.object(), change));
    }
  }

  private static int indexOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.path(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private static ArrayNode plainItems(ArrayNode patch) {
    ArrayNode items = JsonTrees.array();
    for (JsonNode item : patch) {
      boolean marker = item.has(DIRECTIVE) && item.size() == 1;
      if (!marker) {
        items.add(item instanceof ObjectNode fields ? clean(fields) : item);
      }
    }
    return items;
  }

  private static ArrayNode without(JsonNode original, JsonNode unwanted) {
    ArrayNode kept = JsonTrees.array();
    for (JsonNode value : original) {
      boolean drop = false;
      for (JsonNode other : unwanted) {
        drop |= other.equals(value);
      }
      if (!drop) {
        kept.add(value);
      }
    }
    return kept;
  }

  private static ObjectNode clean(ObjectNode patch) {
    ObjectNode plain = JsonTrees.shallow(patch);
    plain.remove(List.of(DIRECTIVE, RETAIN));
    plain.properties().removeIf(field -> field.getKey().startsWith("$"));
    return plain;
  }
}
