package io.firesteel.template;

import io.firesteel.json.JsonPointers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of {@code {{name}}}. A text that is one placeholder and nothing else
 * takes the value with its type; as an item of a list, a list takes its place item by item. Within
 * a longer text a value is written as text, a list with commas. What was put in is not looked at
 * again. For one filling; stops at {@link #MAX_CHARACTERS} characters.
 */
public final class Placeholders {

  /** More than this no spec needs; a few parameters could otherwise fill the memory. */
  static final int MAX_CHARACTERS = 1 << 20;

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*}}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, JsonNode> values;
  private int written;

  private Placeholders(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** The tree filled in. */
  static JsonNode fill(JsonNode tree, Map<String, JsonNode> values) throws ResultTooLargeException {
    return new Placeholders(values).filled(tree);
  }

  /** A text filled with texts; empty when a value is not there. */
  public static Optional<String> fillText(String text, Map<String, String> values) {
    var filled = new StringBuilder();
    Matcher match = PLACEHOLDER.matcher(text);
    while (match.find()) {
      String value = values.get(match.group(1));
      if (value == null) {
        return Optional.empty();
      }
      match.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return Optional.of(match.appendTail(filled).toString());
  }

  /** Names of placeholders with the pointers where they stand; a null name where one is broken. */
  public static void find(
      JsonNode tree, String pointer, BiConsumer<String, @Nullable String> found) {
    if (tree.isTextual()) {
      names(tree.textValue(), pointer, found);
    }
    for (int i = 0; tree.isArray() && i < tree.size(); i++) {
      find(tree.get(i), pointer + "/" + i, found);
    }
    for (var field : tree.properties()) {
      String at = JsonPointers.child(pointer, field.getKey());
      names(field.getKey(), at, found);
      find(field.getValue(), at, found);
    }
  }

  private static void names(
      String text, String pointer, BiConsumer<String, @Nullable String> found) {
    Matcher match = PLACEHOLDER.matcher(text);
    while (match.find()) {
      found.accept(pointer, match.group(1));
    }
    if (match.replaceAll("").contains("{{")) {
      found.accept(pointer, null);
    }
  }

  private JsonNode filled(JsonNode node) throws ResultTooLargeException {
    if (node.isTextual()) {
      return value(node.textValue());
    }
    if (node instanceof ArrayNode array) {
      return list(array);
    }
    if (!(node instanceof ObjectNode)) {
      return node;
    }
    var object = NODES.objectNode();
    for (var field : node.properties()) {
      object.set(text(field.getKey()), filled(field.getValue()));
    }
    return object;
  }

  private ArrayNode list(ArrayNode given) throws ResultTooLargeException {
    var list = NODES.arrayNode();
    for (JsonNode item : given) {
      JsonNode filled = filled(item);
      if (item.isTextual() && filled instanceof ArrayNode several) {
        list.addAll(several);
      } else {
        list.add(filled);
      }
    }
    return list;
  }

  private JsonNode value(String text) throws ResultTooLargeException {
    Matcher match = PLACEHOLDER.matcher(text);
    JsonNode whole = match.matches() ? values.get(match.group(1)) : null;
    if (whole == null) {
      return NODES.textNode(text(text));
    }
    count(plain(whole).length());
    return whole;
  }

  private String text(String text) throws ResultTooLargeException {
    var filled = new StringBuilder();
    Matcher match = PLACEHOLDER.matcher(text);
    while (match.find()) {
      JsonNode value = values.get(match.group(1));
      String put = value == null ? match.group() : plain(value);
      match.appendReplacement(filled, Matcher.quoteReplacement(put));
      count(put.length());
    }
    return match.appendTail(filled).toString();
  }

  private void count(int characters) throws ResultTooLargeException {
    written += characters;
    if (written > MAX_CHARACTERS) {
      throw new ResultTooLargeException();
    }
  }

  private static String plain(JsonNode value) {
    if (value.isArray()) {
      var texts = new StringBuilder();
      value.forEach(item -> texts.append(texts.isEmpty() ? "" : ",").append(item.asText()));
      return texts.toString();
    }
    return value.asText();
  }

  /** The filled tree would be too large. */
  static final class ResultTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
