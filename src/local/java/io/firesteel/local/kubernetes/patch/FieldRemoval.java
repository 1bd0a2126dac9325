package io.firesteel.local.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.patch.ManagedFields.Entry;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.List;
import java.util.Set;

/** Removes fields that an applier no longer sends. */
final class FieldRemoval {
  private FieldRemoval() {}

  /** Removes the field at the path, and maps that become empty. Changes only the root. */
  static void remove(
      ObjectNode root, List<String> path, List<Entry> owners, Set<List<String>> applied) {
    if (path.getLast().equals(FieldSet.SELF) && stillOwned(path, owners, applied)) {
      return;
    }
    JsonNode without = without(root, path, 0);
    root.removeAll();
    root.setAll((ObjectNode) without);
  }

  private static boolean stillOwned(
      List<String> path, List<Entry> owners, Set<List<String>> applied) {
    List<String> item = path.subList(0, path.size() - 1);
    return applied.stream().anyMatch(other -> hasPrefix(other, item))
        || owners.stream()
            .anyMatch(owner -> owner.fields().stream().anyMatch(p -> hasPrefix(p, item)));
  }

  private static boolean hasPrefix(List<String> path, List<String> beginning) {
    return path.size() >= beginning.size() && path.subList(0, beginning.size()).equals(beginning);
  }

  private static JsonNode without(JsonNode node, List<String> path, int depth) {
    String step = path.get(depth);
    boolean last = depth == path.size() - 1 || path.get(depth + 1).equals(FieldSet.SELF);
    if (step.startsWith("f:") && node.isObject()) {
      return withoutField(node, step.substring(2), path, last ? -1 : depth + 1);
    }
    if (node.isArray()) {
      return withoutItem((ArrayNode) node, step, path, last ? -1 : depth + 1);
    }
    return node;
  }

  private static JsonNode withoutField(JsonNode node, String field, List<String> path, int next) {
    ObjectNode copy = JsonTrees.shallow(node);
    JsonNode child = copy.path(field);
    if (next < 0) {
      copy.remove(field);
    } else if (!child.isMissingNode()) {
      JsonNode rest = without(child, path, next);
      if (rest.isEmpty() && !child.isEmpty()) {
        copy.remove(field);
      } else {
        copy.set(field, rest);
      }
    }
    return copy;
  }

  private static JsonNode withoutItem(ArrayNode list, String step, List<String> path, int next) {
    JsonNode wanted = FieldSet.key(step);
    ArrayNode copy = JsonTrees.array();
    for (JsonNode item : list) {
      boolean hit = step.startsWith("v:") ? item.equals(wanted) : matches(item, wanted);
      if (!hit) {
        copy.add(item);
      } else if (next >= 0) {
        copy.add(without(item, path, next));
      }
    }
    return copy;
  }

  private static boolean matches(JsonNode item, JsonNode key) {
    for (var part : key.properties()) {
      JsonNode value = item.path(part.getKey());
      boolean unwritten = value.isMissingNode() && part.getKey().equals("protocol");
      if (!unwritten && !value.equals(part.getValue())) {
        return false;
      }
    }
    return true;
  }
}
