package io.firesteel.local.kubernetes.http.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * One column of a table.
 *
 * @param priority 0 for always, 1 for {@code -o wide} only
 */
record TableColumn(String name, int priority, BiFunction<JsonNode, Instant, String> cell) {

  ObjectNode definition() {
    ObjectNode definition = JsonTrees.object();
    definition.put("name", name).put("type", "string");
    definition.put("format", name.equals("Name") ? "name" : "");
    return definition.put("description", "").put("priority", priority);
  }
}
