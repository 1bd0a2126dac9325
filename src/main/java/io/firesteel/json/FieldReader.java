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
 * A field that is absent or wrong reads as null; after all are asked for, {@link #rejectUnknown}
 * names those that nobody knows. For one thread.
 */
public final class FieldReader {

  private final JsonNode object;
  private final String pointer;
  private final List<ValidationError> errors;
  private final Set<String> known = new LinkedHashSet<>();

  private FieldReader(JsonNode object, String pointer, List<ValidationError> errors) {
    this.object = object;
    this.pointer = pointer;
    this.errors = errors;
  }

  /** Begins to read; what is no object reads as an empty one and is reported. */
  public static FieldReader of(JsonNode node, String pointer, List<ValidationError> errors) {
    if (node.isObject()) {
      return new FieldReader(node, pointer, errors);
    }
    errors.add(new ValidationError(pointer, "must be an object, is " + typeOf(node)));
    return new FieldReader(JsonNodeFactory.instance.objectNode(), pointer, errors);
  }

  /** The field as it is, JSON null included. */
  public @Nullable JsonNode raw(String name) {
    known.add(name);
    return object.get(name);
  }

  /** The field, read by a rule that every scalar of the contract shares. */
  public <T> @Nullable T read(String name, Rule<T> rule) {
    JsonNode node = raw(name);
    if (node == null) {
      return null;
    }
    return value(node, pointerTo(name), rule);
  }

  /** The same, for a field that must be there. */
  public <T> @Nullable T required(String name, Rule<T> rule) {
    T value = read(name, rule);
    if (object.get(name) == null) {
      addError(name, "is missing; it must be " + rule.expected());
    }
    return value;
  }

  /** An object within this one. */
  public <T> @Nullable T object(String name, Function<FieldReader, @Nullable T> reader) {
    JsonNode node = raw(name);
    if (node == null) {
      return null;
    }
    return reader.apply(of(node, pointerTo(name), errors));
  }

  /** A list of which each item is read by itself; items that read as null are left out. */
  public <T> List<T> list(
      String name, int longest, BiFunction<JsonNode, String, @Nullable T> item) {
    JsonNode node = raw(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray() || node.size() > longest) {
      String found = node.isArray() ? "one of " + node.size() : typeOf(node);
      addError(name, "must be a list of at most " + longest + " items, is " + found);
      return List.of();
    }
    var items = new ArrayList<T>();
    for (int i = 0; i < node.size(); i++) {
      T read = item.apply(node.get(i), pointerTo(name) + "/" + i);
      if (read != null) {
        items.add(read);
      }
    }
    return items;
  }

  /** A list of scalars. */
  public <T> List<T> list(String name, int longest, Rule<T> rule) {
    return list(name, longest, (node, at) -> value(node, at, rule));
  }

  /** An object with free names and values of one kind. */
  public <T> Map<String, T> map(String name, int largest, Rule<String> names, Rule<T> values) {
    JsonNode node = raw(name);
    if (node == null) {
      return Map.of();
    }
    if (!node.isObject() || node.size() > largest) {
      String found = node.isObject() ? "one of " + node.size() : typeOf(node);
      addError(name, "must be an object of at most " + largest + " fields, is " + found);
      return Map.of();
    }
    var map = new LinkedHashMap<String, T>();
    for (var field : node.properties()) {
      String key = names.read(JsonNodeFactory.instance.textNode(field.getKey()));
      T value =
          value(field.getValue(), JsonPointers.child(pointerTo(name), field.getKey()), values);
      if (key == null) {
        addError(name, "has a name that is not " + names.expected());
      } else if (value != null) {
        map.put(key, value);
      }
    }
    return map;
  }

  /** One scalar outside an object's field. */
  public <T> @Nullable T value(JsonNode node, String at, Rule<T> rule) {
    return value(node, at, rule, errors);
  }

  /** One scalar outside any object. */
  public static <T> @Nullable T value(
      JsonNode node, String at, Rule<T> rule, List<ValidationError> errors) {
    T value = rule.read(node);
    if (value == null) {
      errors.add(new ValidationError(at, "must be " + rule.expected() + ", is " + typeOf(node)));
    }
    return value;
  }

  /** Where this object stands. */
  public String pointer() {
    return pointer;
  }

  /** Adds a mistake in one field. */
  public void addError(String name, String text) {
    errors.add(new ValidationError(pointerTo(name), text));
  }

  /** Marks names as known that are read elsewhere or mean nothing here. */
  public FieldReader ignore(String... names) {
    known.addAll(Set.of(names));
    return this;
  }

  /** Reports every field that was never asked for, with the name that was probably meant. */
  public void rejectUnknown() {
    for (var field : object.properties()) {
      if (!known.contains(field.getKey())) {
        String hint =
            Suggestions.closestTo(field.getKey(), known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", known));
        errors.add(new ValidationError(pointerTo(field.getKey()), "is not known here; " + hint));
      }
    }
  }

  /** The pointer of a field of this object. */
  public String pointerTo(String name) {
    return JsonPointers.child(pointer, name);
  }

  /** JSON's word for what a node is, with its article. */
  public static String typeOf(JsonNode node) {
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
}
