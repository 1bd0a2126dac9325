package io.firesteel.local.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * An index of objects by label, so that a selector of executors stays cheap among thousands of
 * pods. Not thread-safe: guarded by the lock of the store.
 */
final class LabelIndex {
  private final Map<String, Set<String>> paths = new HashMap<>();

  void add(StoredObject object) {
    forEach(object, (label, path) -> paths.computeIfAbsent(label, _ -> new HashSet<>()).add(path));
  }

  void remove(StoredObject object) {
    forEach(
        object,
        (label, path) ->
            paths.computeIfPresent(
                label,
                (_, known) -> {
                  known.remove(path);
                  return known.isEmpty() ? null : known;
                }));
  }

  /** The paths of the objects with exactly this label. */
  Set<String> with(String key, String value) {
    return paths.getOrDefault(entry(key, value), Set.of());
  }

  private static void forEach(StoredObject object, BiConsumer<String, String> action) {
    JsonNode labels = object.labels();
    String path = object.key().path();
    labels
        .properties()
        .forEach(label -> action.accept(entry(label.getKey(), label.getValue().asText()), path));
  }

  private static String entry(String key, String value) {
    return key + "=" + value;
  }
}
