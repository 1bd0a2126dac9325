package io.firesteel.local.kubernetes.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * Reads and writes JSON trees. Trees in the store are shared and must not change: to change a
 * value, make a {@link #shallow} copy of each level above it.
 */
public final class JsonTrees {
  public static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private JsonTrees() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies one level; deeper levels are shared with the original. */
  public static ObjectNode shallow(JsonNode original) {
    ObjectNode copy = object();
    if (original instanceof ObjectNode fields) {
      copy.setAll(fields);
    }
    return copy;
  }

  /** The node at a path, {@link MissingNode} if there is none. */
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String name : path) {
      here = here.path(name);
    }
    return here;
  }

  /** The text at a path, empty if there is none. */
  public static String text(JsonNode node, String... path) {
    return at(node, path).asText("");
  }

  /** Removes all null fields, as a typed decoder does. Changes the tree. */
  public static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode fields) {
      fields.properties().removeIf(field -> field.getValue().isNull());
    }
    for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
      dropNulls(children.next());
    }
  }
}
