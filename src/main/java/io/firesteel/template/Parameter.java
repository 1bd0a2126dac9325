package io.firesteel.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a template.
 *
 * @param rule for its values
 * @param required whether a request must supply a value
 * @param defaultValue the value if a request supplies none
 */
public record Parameter(
    String name,
    ParameterType type,
    Rule<JsonNode> rule,
    boolean required,
    @Nullable JsonNode defaultValue) {

  private static final int MAX_VALUES = 1000;
  private static final Rule<JsonNode> NUMBER =
      new Rule<>("a number", node -> node.isNumber() ? node : null);

  /** Reads one of a template's {@code parameters}; null if errors were added. */
  static @Nullable Parameter read(JsonNode node, String pointer, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(node, pointer, errors);
    String name = fields.required("name", Names.PARAMETER);
    ParameterType type = fields.required("type", ParameterType.RULE);
    fields.read("description", Rule.TEXT);
    var constraints =
        new ParameterType.Constraints(
            fields.pattern("pattern", 0),
            fields.list("values", MAX_VALUES, Rule.text(1024)),
            number(fields, "minimum"),
            number(fields, "maximum"));
    Boolean required = fields.read("required", Rule.BOOLEAN);
    JsonNode defaultValue = fields.read("default", Names.ANY);
    fields.rejectUnknown();
    if (name == null || type == null || errors.size() > before) {
      return null;
    }
    var parameter =
        new Parameter(
            name, type, type.rule(constraints), Boolean.TRUE.equals(required), defaultValue);
    parameter.check(constraints, fields);
    return errors.size() == before ? parameter : null;
  }

  private void check(ParameterType.Constraints constraints, FieldReader fields) {
    if (type == ParameterType.ENUM && constraints.values().isEmpty()) {
      fields.addError("values", "must list the allowed values");
    }
    if (type != ParameterType.ENUM && !constraints.values().isEmpty()) {
      fields.addError("values", "are allowed only for type enum");
    }
    if (defaultValue != null) {
      fields.value(defaultValue, fields.pointerTo("default"), rule);
      if (required) {
        fields.addError("default", "is not allowed for a required parameter");
      }
    }
    if (defaultValue == null && !required) {
      fields.addError("required", "must be true if there is no default");
    }
  }

  private static @Nullable Double number(FieldReader fields, String name) {
    JsonNode number = fields.read(name, NUMBER);
    return number == null ? null : number.doubleValue();
  }

  /** Converts a text from a trigger; empty if it does not fit. */
  Optional<JsonNode> fromText(String text) {
    return Optional.ofNullable(rule.reader().apply(type.fromText(text)));
  }
}
