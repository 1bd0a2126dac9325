package io.firesteel.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

/** Holds JSON against shapes: unknown fields, missing ones, wrong types, all with their place. */
final class ShapeCheck {

  private final Shapes shapes;
  private final Problems problems;

  ShapeCheck(Shapes shapes, Problems problems) {
    this.shapes = shapes;
    this.problems = problems;
  }

  /** Checks an object of a class; {@code null} counts as not given, as in Kubernetes. */
  void bean(JsonNode node, Class<?> type, String path) {
    if (!node.isObject()) {
      wrong(path, "an object", node);
      return;
    }
    Shape.Fields fields = shapes.fields(type);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String at = path + "/" + escaped(field.getKey());
      Shape shape = fields.shapes().get(field.getKey());
      if (shape == null) {
        unknown(at, field.getKey(), fields.shapes().keySet());
      } else if (!field.getValue().isNull()) {
        check(field.getValue(), shape, at);
      }
    }
    for (String name : new TreeSet<>(fields.required())) {
      if (!node.hasNonNull(name)) {
        problems.add(path + "/" + name, "is missing", "give it a value");
      }
    }
  }

  private void check(JsonNode node, Shape shape, String path) {
    switch (shape) {
      case Shape.Anything _ -> {}
      case Shape.Text _ -> expect(node.isTextual(), path, "a text", node);
      case Shape.OneOf(var values) ->
          expect(
              node.isTextual() && values.contains(node.asText()),
              path,
              "one of " + String.join(", ", values),
              node);
      case Shape.Whole(long least, long most) -> whole(node, least, most, path);
      case Shape.Flag _ -> expect(node.isBoolean(), path, "true or false", node);
      case Shape.Amount _ -> amount(node, path);
      case Shape.NumberOrText _ ->
          expect(node.isTextual() || node.isInt(), path, "a whole number or a text", node);
      case Shape.ListOf(var element) -> list(node, element, path);
      case Shape.MapOf(var value) -> map(node, value, path);
      case Shape.Bean(var type) -> bean(node, type, path);
    }
  }

  private void whole(JsonNode node, long least, long most, String path) {
    boolean fits =
        node.isIntegralNumber()
            && node.canConvertToLong()
            && node.asLong() >= least
            && node.asLong() <= most;
    expect(fits, path, "a whole number", node);
  }

  private void amount(JsonNode node, String path) {
    boolean fits = node.isNumber();
    if (node.isTextual()) {
      fits = Quantities.valid(node.asText());
    }
    expect(fits, path, "a quantity such as 500m, 2 or 1Gi", node);
  }

  private void list(JsonNode node, Shape element, String path) {
    if (!node.isArray()) {
      wrong(path, "a list", node);
      return;
    }
    for (int i = 0; i < node.size(); i++) {
      check(node.get(i), element, path + "/" + i);
    }
  }

  private void map(JsonNode node, Shape value, String path) {
    if (!node.isObject()) {
      wrong(path, "an object", node);
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      check(field.getValue(), value, path + "/" + escaped(field.getKey()));
    }
  }

  private void expect(boolean good, String path, String wanted, JsonNode node) {
    if (!good) {
      wrong(path, wanted, node);
    }
  }

  private void wrong(String path, String wanted, JsonNode node) {
    String mend =
        wanted.equals("a text") && node.isValueNode() && !node.isNull()
            ? "put it in quotes"
            : "give " + wanted;
    problems.add(path, "must be " + wanted + " and is " + kind(node), mend);
  }

  private void unknown(String path, String name, Collection<String> known) {
    String mend =
        known.stream()
            .min(Comparator.comparingInt(k -> Nearness.distance(name, k)))
            .filter(k -> Nearness.near(name, k))
            .map(k -> "did you mean " + k + "?")
            .orElse("leave it out; known here are " + String.join(", ", new TreeSet<>(known)));
    problems.add(path, "is not a known field", mend);
  }

  private static String kind(JsonNode node) {
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
