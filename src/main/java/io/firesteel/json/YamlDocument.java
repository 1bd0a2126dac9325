package io.firesteel.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One document of a YAML file as a JSON tree.
 *
 * @param lines the line on which each field begins, by JSON pointer; the empty pointer is the
 *     document
 */
public record YamlDocument(JsonNode tree, Map<String, Integer> lines) {

  public YamlDocument {
    lines = Map.copyOf(lines);
  }

  /** The line of a field, or of its closest parent that exists; 0 if none does. */
  public int line(String pointer) {
    String at = pointer;
    while (!at.isEmpty() && !lines.containsKey(at)) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 0);
  }
}
