package io.firesteel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds breaking changes of a schema. A payload that Firesteel reads must stay valid if it was
 * valid before. A payload that Firesteel writes must keep what readers rely on, and its fields may
 * not get new kinds of values. New fields do not break: readers ignore unknown fields.
 */
final class Compatibility {

  private static final Set<String> UPPER =
      Set.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final Set<String> LOWER =
      Set.of("minimum", "minLength", "minItems", "minProperties");
  private static final List<String> NESTED =
      List.of(
          "items",
          "additionalProperties",
          "propertyNames",
          "unevaluatedProperties",
          "then",
          "else",
          "if");

  private final boolean read;
  private final List<String> breaks = new ArrayList<>();

  private Compatibility(boolean read) {
    this.read = read;
  }

  /** For payloads that Firesteel reads. */
  static List<String> ofRead(JsonNode before, JsonNode after) {
    return new Compatibility(true).compare(before, after);
  }

  /** For payloads that Firesteel writes. */
  static List<String> ofWritten(JsonNode before, JsonNode after) {
    return new Compatibility(false).compare(before, after);
  }

  private List<String> compare(JsonNode before, JsonNode after) {
    compare("", before, after);
    return breaks;
  }

  private void compare(String at, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return;
    }
    if (!before.isObject() || !after.isObject()) {
      breakIf(!after.isObject() || before.isBoolean(), at, "is another schema");
      return;
    }
    fields(at, before, after);
    words(at, "type", before, after);
    words(at, "enum", before, after);
    for (String exact : List.of("const", "pattern", "format", "$ref")) {
      breakIf(!before.path(exact).equals(after.path(exact)), at + "/" + exact, "has changed");
    }
    UPPER.forEach(bound -> bound(at + "/" + bound, before.path(bound), after.path(bound), true));
    LOWER.forEach(bound -> bound(at + "/" + bound, before.path(bound), after.path(bound), false));
    for (String nested : NESTED) {
      if (before.has(nested) || after.has(nested)) {
        nested(at + "/" + nested, before.path(nested), after.path(nested));
      }
    }
    for (String list : List.of("oneOf", "allOf", "anyOf")) {
      for (int i = 0; i < before.path(list).size(); i++) {
        compare(at + "/" + list + "/" + i, before.get(list).get(i), after.path(list).path(i));
      }
      breakIf(before.path(list).size() > after.path(list).size(), at + "/" + list, "is shorter");
    }
  }

  private void fields(String at, JsonNode before, JsonNode after) {
    for (String holder : List.of("properties", "$defs")) {
      for (var field : before.path(holder).properties()) {
        String pointer = at + "/" + holder + "/" + field.getKey();
        JsonNode now = after.path(holder).path(field.getKey());
        if (now.isMissingNode()) {
          breaks.add(pointer + " is gone");
        } else {
          compare(pointer, field.getValue(), now);
        }
      }
    }
    Set<String> older = words(before.path("required"));
    Set<String> newer = words(after.path("required"));
    breakIf(read && !older.containsAll(newer), at + "/required", "asks for more");
    breakIf(!read && !newer.containsAll(older), at + "/required", "promises less");
  }

  private void words(String at, String name, JsonNode before, JsonNode after) {
    if (!before.has(name) && !after.has(name)) {
      return;
    }
    Set<String> older = words(before.path(name));
    Set<String> newer = words(after.path(name));
    boolean eventType = at.equals("/properties/type") && name.equals("enum");
    breakIf(
        read && after.has(name) && (!before.has(name) || !newer.containsAll(older)),
        at + "/" + name,
        "allows less");
    breakIf(
        !read && !eventType && before.has(name) && (!after.has(name) || !older.containsAll(newer)),
        at + "/" + name,
        "may be more than readers know");
  }

  private void bound(String at, JsonNode before, JsonNode after, boolean upper) {
    if (before.equals(after)) {
      return;
    }
    double unbounded = upper ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    double older = before.isNumber() ? before.doubleValue() : unbounded;
    double newer = after.isNumber() ? after.doubleValue() : unbounded;
    boolean wider = upper ? newer >= older : newer <= older;
    breakIf(read != wider, at, read ? "allows less" : "may be more than readers know");
  }

  private void nested(String at, JsonNode before, JsonNode after) {
    if (before.isMissingNode() || after.isMissingNode()) {
      breakIf(read == before.isMissingNode(), at, "has come or gone");
    } else {
      compare(at, before, after);
    }
  }

  private void breakIf(boolean broken, String at, String what) {
    if (broken) {
      breaks.add(at + " " + what);
    }
  }

  private static Set<String> words(JsonNode node) {
    var words = new TreeSet<String>();
    Stream<JsonNode> all = node.isArray() ? node.valueStream() : Stream.of(node);
    all.filter(word -> !word.isMissingNode()).forEach(word -> words.add(word.asText()));
    return words;
  }
}
