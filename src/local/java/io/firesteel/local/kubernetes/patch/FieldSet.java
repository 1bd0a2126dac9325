package io.firesteel.local.kubernetes.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Paths to the leaves of an object in the notation of {@code fieldsV1}: {@code f:name} for a field,
 * {@code k:{"name":"main"}} for an item of a keyed list, {@code v:"text"} for a member of a set,
 * {@code .} for the item itself. Pure.
 */
final class FieldSet {
  static final String SELF = ".";
  private static final Set<String> UNOWNED =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "generateName",
          "managedFields",
          "selfLink");

  private FieldSet() {}

  /** All leaves and their values, without status, identity and bookkeeping, which have no owner. */
  static Map<List<String>, JsonNode> leaves(ObjectNode object) {
    Map<List<String>, JsonNode> leaves = new LinkedHashMap<>();
    ObjectNode owned = JsonTrees.shallow(object);
    owned.remove(List.of("apiVersion", "kind", "status"));
    ObjectNode metadata = JsonTrees.shallow(object.path("metadata"));
    metadata.remove(UNOWNED);
    owned.remove("metadata");
    walk(List.of(), "", owned, leaves);
    walk(List.of("f:metadata"), "metadata", metadata, leaves);
    leaves.remove(List.of());
    leaves.remove(List.of("f:metadata"));
    return leaves;
  }

  private static void walk(
      List<String> path, String field, JsonNode node, Map<List<String>, JsonNode> leaves) {
    if (node.isObject() && !node.isEmpty() && !MergeKeys.isAtomicMap(field)) {
      node.properties()
          .forEach(child ->
              walk(append(path, "f:" + child.getKey()), child.getKey(), child.getValue(), leaves));
    } else if (node.isArray() && !node.isEmpty() && MergeKeys.isSet(field)) {
      node.forEach(value -> leaves.put(append(path, "v:" + value), value));
    } else if (node.isArray() && !node.isEmpty() && !MergeKeys.forApply(field, node).isEmpty()) {
      items(path, MergeKeys.forApply(field, node), node, leaves);
    } else {
      leaves.put(path, node);
    }
  }

  private static void items(
      List<String> path, List<String> keys, JsonNode list, Map<List<String>, JsonNode> leaves) {
    for (JsonNode item : list) {
      ObjectNode key = MergeKeys.keyOf(item, keys);
      List<String> here = append(path, "k:" + key);
      leaves.put(append(here, SELF), key);
      item.properties()
          .forEach(child ->
              walk(append(here, "f:" + child.getKey()), child.getKey(), child.getValue(), leaves));
    }
  }

  static Set<List<String>> read(JsonNode fieldsV1) {
    Set<List<String>> paths = new LinkedHashSet<>();
    read(List.of(), fieldsV1, paths);
    return paths;
  }

  private static void read(List<String> path, JsonNode node, Set<List<String>> paths) {
    if (node.isEmpty()) {
      if (!path.isEmpty()) {
        paths.add(path);
      }
      return;
    }
    node.properties().forEach(child -> read(append(path, child.getKey()), child.getValue(), paths));
  }

  static ObjectNode write(Set<List<String>> paths) {
    ObjectNode root = JsonTrees.object();
    for (List<String> path : paths) {
      ObjectNode here = root;
      for (String step : path) {
        here = here.get(step) instanceof ObjectNode known ? known : here.putObject(step);
      }
    }
    return root;
  }

  /** The form in error messages: {@code .spec.containers[name="main"].image}. */
  static String text(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String step : path) {
      if (step.startsWith("f:")) {
        text.append('.').append(step, 2, step.length());
      } else if (step.startsWith("k:")) {
        List<String> keys = new ArrayList<>();
        key(step).properties().forEach(k -> keys.add(k.getKey() + "=" + k.getValue()));
        text.append('[').append(String.join(",", keys)).append(']');
      } else if (step.startsWith("v:")) {
        text.append('[').append(step, 2, step.length()).append(']');
      }
    }
    return text.toString();
  }

  /** The key or value of a path step, without its two-letter prefix. */
  static JsonNode key(String step) {
    try {
      return JsonTrees.MAPPER.readTree(step.substring(2));
    } catch (JsonProcessingException e) {
      throw ApiException.badRequest("managedFields hold a broken path element: " + step);
    }
  }

  private static List<String> append(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path.size() + 1);
    longer.addAll(path);
    longer.add(step);
    return longer;
  }
}
