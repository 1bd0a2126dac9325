package io.firesteel.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object field by field and collects every error instead of stopping at the first. A
 * field that is absent or invalid reads as null. {@link #rejectUnknown}, called last, reports the
 * fields that were never read. For one thread.
 */
public final class FieldReader {

  private static final int MAX_SHOWN = 60;

  private final JsonNode object;
  private final String pointer;
  private final Consumer<ValidationError> errors;
  private final Set<String> known = new LinkedHashSet<>();

  private FieldReader(JsonNode object, String pointer, Consumer<ValidationError> errors) {
    this.object = object;
    this.pointer = pointer;
    this.errors = errors;
  }

  /** A reader of an object; a node of another type is reported and reads as an empty object. */
  public static FieldReader of(JsonNode node, String pointer, List<ValidationError> errors) {
    return of(node, pointer, errors::add);
  }

  /** The same with a bounded collection of errors. */
  public static FieldReader of(JsonNode node, String pointer, ValidationErrors errors) {
    return of(node, pointer, errors::add);
  }

  private static FieldReader of(JsonNode node, String pointer, Consumer<ValidationError> errors) {
    if (node.isObject()) {
      return new FieldReader(node, pointer, errors);
    }
    errors.accept(new ValidationError(pointer, "must be an object, is " + typeOf(node)));
    return new FieldReader(JsonNodeFactory.instance.objectNode(), pointer, errors);
  }

  /** The field as it is, JSON null included. */
  public @Nullable JsonNode raw(String name) {
    known.add(name);
    return object.get(name);
  }

  /** The field's value by a rule. */
  public <T> @Nullable T read(String name, Rule<T> rule) {
    JsonNode node = raw(name);
    if (node == null) {
      return null;
    }
    return value(node, pointerTo(name), rule);
  }

  /** The value of a required field by a rule. */
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

  /** A regular expression in the syntax of RE2, with flags of {@link Pattern}. */
  public @Nullable Pattern pattern(String name, int flags) {
    String text = read(name, Rule.text(1024));
    try {
      return text == null ? null : RegularExpression.compile(text, flags);
    } catch (PatternSyntaxException e) {
      addError(
          name,
          "is not a regular expression in the syntax of RE2: %s: %s"
              .formatted(e.getDescription(), e.getPattern()));
      return null;
    }
  }

  /** An array; items that read as null are left out. */
  public <T> List<T> list(String name, int max, BiFunction<JsonNode, String, @Nullable T> item) {
    JsonNode node = raw(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray() || node.size() > max) {
      String found = node.isArray() ? "has " + node.size() : "is " + typeOf(node);
      addError(name, "must be an array of at most " + max + " items, " + found);
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

  /** An array of scalars. */
  public <T> List<T> list(String name, int max, Rule<T> rule) {
    return list(name, max, (node, at) -> value(node, at, rule));
  }

  /** An object with free names and values of one type. */
  public <T> Map<String, T> map(String name, int max, Rule<String> names, Rule<T> values) {
    JsonNode node = raw(name);
    if (node == null) {
      return Map.of();
    }
    if (!node.isObject() || node.size() > max) {
      String found = node.isObject() ? "has " + node.size() : "is " + typeOf(node);
      addError(name, "must be an object of at most " + max + " fields, " + found);
      return Map.of();
    }
    var map = new LinkedHashMap<String, T>();
    for (var field : node.properties()) {
      String key = names.read(JsonNodeFactory.instance.textNode(field.getKey()));
      String at = JsonPointers.child(pointerTo(name), field.getKey());
      T value = value(field.getValue(), at, values);
      if (key == null) {
        errors.accept(new ValidationError(at, "the name must be " + names.expected()));
      } else if (value != null) {
        map.put(key, value);
      }
    }
    return map;
  }

  /** The value of a node of this document by a rule. */
  public <T> @Nullable T value(JsonNode node, String at, Rule<T> rule) {
    return value(node, at, rule, errors);
  }

  /** The value of a node by a rule. */
  public static <T> @Nullable T value(
      JsonNode node, String at, Rule<T> rule, List<ValidationError> errors) {
    return value(node, at, rule, errors::add);
  }

  /** The same with a bounded collection of errors. */
  public static <T> @Nullable T value(
      JsonNode node, String at, Rule<T> rule, ValidationErrors errors) {
    return value(node, at, rule, errors::add);
  }

  private static <T> @Nullable T value(
      JsonNode node, String at, Rule<T> rule, Consumer<ValidationError> errors) {
    T value = rule.read(node);
    if (value == null) {
      boolean quoteless = needsQuotes(node, rule);
      String found = quoteless || !rule.quotable() ? typeOf(node) : shown(node);
      String remedy = quoteless ? "; put it in quotes" : "";
      errors.accept(
          new ValidationError(at, "must be " + rule.expected() + ", is " + found + remedy));
    }
    return value;
  }

  /** A short scalar, else the type: a long text says less than it may give away. */
  private static String shown(JsonNode node) {
    String text = node.asText();
    if (text.length() > MAX_SHOWN) {
      return typeOf(node);
    }
    return switch (node.getNodeType()) {
      case NUMBER, BOOLEAN -> text;
      case STRING -> "\"" + Printable.of(text) + "\"";
      default -> typeOf(node);
    };
  }

  /** YAML reads an unquoted 3.10 or true as a number or a boolean. */
  private static boolean needsQuotes(JsonNode node, Rule<?> rule) {
    return (node.isNumber() || node.isBoolean())
        && rule.read(JsonNodeFactory.instance.textNode(node.asText())) != null;
  }

  /** The pointer of this object. */
  public String pointer() {
    return pointer;
  }

  /** Reports an error in a field. */
  public void addError(String name, String text) {
    errors.accept(new ValidationError(pointerTo(name), text));
  }

  /** Allows fields that are read elsewhere or have no effect. */
  public FieldReader ignore(String... names) {
    known.addAll(Set.of(names));
    return this;
  }

  /** Reports every field that was never read, with the name that was probably meant. */
  public void rejectUnknown() {
    for (var field : object.properties()) {
      if (!known.contains(field.getKey())) {
        String hint = Suggestions.hint(field.getKey(), known, "known fields are");
        errors.accept(
            new ValidationError(pointerTo(field.getKey()), "is not a known field; " + hint));
      }
    }
  }

  /** The pointer of a field of this object. */
  public String pointerTo(String name) {
    return JsonPointers.child(pointer, name);
  }

  /** The JSON type of a node, with its article. */
  public static String typeOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case BINARY, MISSING, POJO -> "not JSON";
    };
  }
}
