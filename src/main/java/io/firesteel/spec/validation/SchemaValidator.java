package io.firesteel.spec.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spec.quantity.Quantities;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

/** Holds JSON against shapes: unknown fields, missing ones, wrong types, all with their place. */
final class SchemaValidator {

  private final SpecSchema schema;
  private final SpecErrors errors;

  SchemaValidator(SpecSchema specSchema, SpecErrors specErrors) {
    this.schema = specSchema;
    this.errors = specErrors;
  }

  /** Checks an object of a class; {@code null} counts as not given, as in Kubernetes. */
  void object(JsonNode node, Class<?> type, String path) {
    if (!node.isObject()) {
      wrongType(path, "an object", node);
      return;
    }
    FieldSchema.ObjectFields fields = schema.fields(type);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String at = path + "/" + escaped(field.getKey());
      FieldSchema schema = fields.schemas().get(field.getKey());
      if (schema == null) {
        unknownField(at, field.getKey(), fields.schemas().keySet());
      } else if (!field.getValue().isNull()) {
        check(field.getValue(), schema, at);
      }
    }
    for (String name : new TreeSet<>(fields.required())) {
      if (!node.hasNonNull(name)) {
        errors.add(path + "/" + name, "is missing", "give it a value");
      }
    }
  }

  private void check(JsonNode node, FieldSchema schema, String path) {
    switch (schema) {
      case FieldSchema.AnyField _ -> {}
      case FieldSchema.StringField _ -> expect(node.isTextual(), path, "a text", node);
      case FieldSchema.EnumField(var values) ->
          expect(
              node.isTextual() && values.contains(node.asText()),
              path,
              "one of " + String.join(", ", values),
              node);
      case FieldSchema.IntegerField(long least, long most) -> integer(node, least, most, path);
      case FieldSchema.BooleanField _ -> expect(node.isBoolean(), path, "true or false", node);
      case FieldSchema.QuantityField _ -> quantity(node, path);
      case FieldSchema.IntOrStringField _ ->
          expect(node.isTextual() || node.isInt(), path, "a whole number or a text", node);
      case FieldSchema.ListField(var element) -> list(node, element, path);
      case FieldSchema.MapField(var value) -> map(node, value, path);
      case FieldSchema.ObjectField(var type) -> object(node, type, path);
    }
  }

  private void integer(JsonNode node, long least, long most, String path) {
    boolean fits =
        node.isIntegralNumber()
            && node.canConvertToLong()
            && node.asLong() >= least
            && node.asLong() <= most;
    expect(fits, path, "a whole number", node);
  }

  private void quantity(JsonNode node, String path) {
    boolean fits = node.isNumber();
    if (node.isTextual()) {
      fits = Quantities.isValid(node.asText());
    }
    expect(fits, path, "a quantity such as 500m, 2 or 1Gi", node);
  }

  private void list(JsonNode node, FieldSchema element, String path) {
    if (!node.isArray()) {
      wrongType(path, "a list", node);
      return;
    }
    for (int i = 0; i < node.size(); i++) {
      check(node.get(i), element, path + "/" + i);
    }
  }

  private void map(JsonNode node, FieldSchema value, String path) {
    if (!node.isObject()) {
      wrongType(path, "an object", node);
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      check(field.getValue(), value, path + "/" + escaped(field.getKey()));
    }
  }

  private void expect(boolean good, String path, String wanted, JsonNode node) {
    if (!good) {
      wrongType(path, wanted, node);
    }
  }

  private void wrongType(String path, String wanted, JsonNode node) {
    String remedy =
        wanted.equals("a text") && node.isValueNode() && !node.isNull()
            ? "put it in quotes"
            : "give " + wanted;
    errors.add(path, "must be " + wanted + " and is " + typeOf(node), remedy);
  }

  private void unknownField(String path, String name, Collection<String> known) {
    String remedy =
        known.stream()
            .min(Comparator.comparingInt(k -> Nearness.distance(name, k)))
            .filter(k -> Nearness.near(name, k))
            .map(k -> "did you mean " + k + "?")
            .orElse("leave it out; known here are " + String.join(", ", new TreeSet<>(known)));
    errors.add(path, "is not a known field", remedy);
  }

  private static String typeOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case BOOLEAN -> "true or false";
      case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a number with a fraction";
      case STRING -> "a text of " + node.asText().length() + " characters";
      case NULL, MISSING, BINARY -> "empty";
    };
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
