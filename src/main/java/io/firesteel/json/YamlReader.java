package io.firesteel.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML stream into JSON trees and keeps the line of every field. Aliases are refused,
 * because JSON has none and a few of them can expand to gigabytes. For one file.
 */
public final class YamlReader {

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final YAMLParser parser;
  private Map<String, Integer> lines = new HashMap<>();

  private YamlReader(YAMLParser parser) {
    this.parser = parser;
  }

  /** Every document that is not empty; an exception names the line that is not valid YAML. */
  public static List<YamlDocument> read(String text) throws IOException {
    try (var parser = YAML.createParser(text)) {
      return new YamlReader(parser).documents();
    }
  }

  private List<YamlDocument> documents() throws IOException {
    var documents = new ArrayList<YamlDocument>();
    while (parser.nextToken() != null) {
      lines = new HashMap<>();
      JsonNode tree = value("");
      if (!tree.isNull() && !(tree.isTextual() && tree.textValue().isEmpty())) {
        documents.add(new YamlDocument(tree, lines));
      }
    }
    return documents;
  }

  private JsonNode value(String pointer) throws IOException {
    if (parser.isCurrentAlias()) {
      throw new JsonParseException(parser, "aliases are not supported");
    }
    lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(pointer);
      case START_ARRAY -> array(pointer);
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonParseException(parser, "a value of a type that JSON does not have");
    };
  }

  private JsonNode object(String pointer) throws IOException {
    var object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String at = JsonPointers.child(pointer, name);
      lines.put(at, parser.currentTokenLocation().getLineNr());
      parser.nextToken();
      object.set(name, value(at));
    }
    return object;
  }

  private JsonNode array(String pointer) throws IOException {
    var array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(pointer + "/" + array.size()));
    }
    return array;
  }

  /** The line that an exception names; 0 if it names none. */
  public static int line(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? json.getLocation().getLineNr()
        : 0;
  }
}
