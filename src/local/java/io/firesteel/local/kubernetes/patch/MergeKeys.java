package io.firesteel.local.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lists of the API that are maps, and the keys of their items, from the {@code patchMergeKey}
 * and {@code listMapKey} tags of the Kubernetes API types.
 */
final class MergeKeys {
  private static final Map<String, String> BY_FIELD =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("env", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("secrets", "name"),
          Map.entry("resourceClaims", "name"),
          Map.entry("schedulingGates", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("hostAliases", "ip"),
          Map.entry("podIPs", "ip"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("conditions", "type"),
          Map.entry("topologySpreadConstraints", "topologyKey"));
  private static final Set<String> SETS = Set.of("finalizers");
  private static final Set<String> ATOMIC_MAPS =
      Set.of("selector", "nodeSelector", "secretKeyRef", "configMapKeyRef", "fieldRef", "roleRef");

  private MergeKeys() {}

  /** Whether a list is a set of plain values. */
  static boolean isSet(String field) {
    return SETS.contains(field);
  }

  /** Whether a map has one owner as a whole. */
  static boolean isAtomicMap(String field) {
    return ATOMIC_MAPS.contains(field);
  }

  /** The one key of a strategic merge patch; empty if the list is replaced as a whole. */
  static String forPatch(String field, JsonNode list) {
    if (field.equals("ports")) {
      return everyItemHas(list, "containerPort")
          ? "containerPort"
          : everyItemHas(list, "port") ? "port" : "";
    }
    return BY_FIELD.getOrDefault(field, "");
  }

  /** The keys of server-side apply; empty if the list has one owner as a whole. */
  static List<String> forApply(String field, JsonNode list) {
    String key = forPatch(field, list);
    if (key.isEmpty() || !everyItemHas(list, key)) {
      return List.of();
    }
    return switch (field) {
      case "ports" -> List.of(key, "protocol");
      case "topologySpreadConstraints" -> List.of(key, "whenUnsatisfiable");
      default -> List.of(key);
    };
  }

  /** The keys of one item, with the default protocol if it has none. */
  static ObjectNode keyOf(JsonNode item, List<String> keys) {
    ObjectNode key = JsonTrees.object();
    for (String name : keys) {
      if (item.has(name)) {
        key.set(name, item.path(name));
      } else if (name.equals("protocol")) {
        key.put(name, "TCP");
      }
    }
    return key;
  }

  private static boolean everyItemHas(JsonNode list, String key) {
    for (JsonNode item : list) {
      if (!item.has(key) && !item.has("$patch")) {
        return false;
      }
    }
    return true;
  }
}
