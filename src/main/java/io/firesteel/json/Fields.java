package io.firesteel.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object field by field and collects every mistake instead of stopping at the first.
 * A field that is absent or wrong reads as null; after all are asked for, {@link #noOthers} names
 * those that nobody knows. For one thread.
 */
public final class Fields {

  private final JsonNode object;
  private final String pointer;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(JsonNode object, String pointer, List<Problem> problems) {
    this.object = object;
    this.pointer = pointer;
    this.problems = problems;
  }

  /** Begins to read; what is no object reads as an empty one and is reported. */
  public static Fields of(JsonNode node, String pointer, List<Problem> problems) {
    if (node.isObject()) {
      return new Fields(node, pointer, problems);
    }
    problems.add(new Problem(pointer, "must be an object, is " + kindOf(node)));
    return new Fields(JsonNodeFactory.instance.objectNode(), pointer, problems);
  }

  /** The field as it is, JSON null included. */
  public @Nullable JsonNode any(String name) {
    known.add(name);
    return object.get(name);
  }

  /** The field, read by a rule that every scalar of the contract shares. */
  public <T> @Nullable T read(String name, Rule<T> rule) {
    JsonNode node = any(name);
    if (node == null) {
      return null;
    }
    return item(node, at(name), rule);
  }

  /** The same, for a field that must be there. */
  public <T> @Nullable T required(String name, Rule<T> rule) {
    T value = read(name, rule);
    if (object.get(name) == null) {
      report(name, "is missing; it must be " + rule.expected());
    }
    return value;
  }

  /** An object within this one. */
  public <T> @Nullable T object(String name, Function<Fields, @Nullable T> reader) {
    JsonNode node = any(name);
    if (node == null) {
      return null;
    }
    return reader.apply(of(node, at(name), problems));
  }

  /** A list of which each item is read by itself; items that read as null are left out. */
  public <T> List<T> list(
      String name, int longest, BiFunction<JsonNode, String, @Nullable T> item) {
    JsonNode node = any(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray() || node.size() > longest) {
      String found = node.isArray() ? "one of " + node.size() : kindOf(node);
      report(name, "must be a list of at most " + longest + " items, is " + found);
      return List.of();
    }
    var items = new ArrayList<T>();
    for (int i = 0; i < node.size(); i++) {
      T read = item.apply(node.get(i), at(name) + "/" + i);
      if (read != null) {
        items.add(read);
      }
    }
    return items;
  }

  /** A list of scalars. */
  public <T> List<T> list(String name, int longest, Rule<T> rule) {
    return list(name, longest, (node, at) -> item(node, at, rule));
  }

  /** An object with free names and values of one kind. */
  public <T> Map<String, T> map(String name, int largest, Rule<String> names, Rule<T> values) {
    JsonNode node = any(name);
    if (node == null) {
      return Map.of();
    }
    if (!node.isObject() || node.size() > largest) {
      String found = node.isObject() ? "one of " + node.size() : kindOf(node);
      report(name, "must be an object of at most " + largest + " fields, is " + found);
      return Map.of();
    }
    var map = new LinkedHashMap<String, T>();
    for (var field : node.properties()) {
      String key = names.read(JsonNodeFactory.instance.textNode(field.getKey()));
      T value = item(field.getValue(), at(name) + "/" + escaped(field.getKey()), values);
      if (key == null) {
        report(name, "has a name that is not " + names.expected());
      } else if (value != null) {
        map.put(key, value);
      }
    }
    return map;
  }

  /** One scalar outside an object's field. */
  public <T> @Nullable T item(JsonNode node, String at, Rule<T> rule) {
    return item(node, at, rule, problems);
  }

  /** One scalar outside any object. */
  public static <T> @Nullable T item(
      JsonNode node, String at, Rule<T> rule, List<Problem> problems) {
    T value = rule.read(node);
    if (value == null) {
      problems.add(new Problem(at, "must be " + rule.expected() + ", is " + kindOf(node)));
    }
    return value;
  }

  /** Where this object stands. */
  public String pointer() {
    return pointer;
  }

  /** Adds a mistake in one field. */
  public void report(String name, String text) {
    problems.add(new Problem(at(name), text));
  }

  /** Marks names as known that are read elsewhere or mean nothing here. */
  public Fields ignore(String... names) {
    known.addAll(Set.of(names));
    return this;
  }

  /** Reports every field that was never asked for, with the name that was probably meant. */
  public void noOthers() {
    for (var field : object.properties()) {
      if (!known.contains(field.getKey())) {
        String hint =
            Nearest.to(field.getKey(), known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", known));
        problems.add(new Problem(at(field.getKey()), "is not known here; " + hint));
      }
    }
  }

  /** The pointer of a field of this object. */
  public String at(String name) {
    return pointer + "/" + escaped(name);
  }

  /** JSON's word for what a node is, with its article. */
  public static String kindOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case BINARY, MISSING, POJO -> "nothing of JSON";
    };
  }

  private static String escaped(String name) {
    String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return Printable.of(shown).replace("~", "~0").replace("/", "~1");
  }
}
