package io.firesteel.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.json.JsonPointers;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code {{name}}} with values. A string that is exactly one placeholder becomes the value
 * with its type; as an item of an array, an array value adds all of its items. Within a longer
 * string a value is written as text, an array with commas. Values are not searched for
 * placeholders. At most {@link #MAX_CHARACTERS} characters.
 */
public final class Placeholders {

  /** Without a limit a few parameters could fill the memory. */
  static final int MAX_CHARACTERS = 1 << 20;

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_.-]*)\\s*}}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, JsonNode> values;
  private int written;

  private Placeholders(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** Fills a tree; an unknown placeholder stays. */
  public static JsonNode fill(JsonNode tree, Map<String, JsonNode> values)
      throws ResultTooLargeException {
    return new Placeholders(values).filled(tree);
  }

  /** Fills a text with texts; empty if a value is missing. */
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

  /** Finds pointers and names of placeholders; the name of an incomplete one is null. */
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

  /** The result has more than {@link #MAX_CHARACTERS} characters. */
  public static final class ResultTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
