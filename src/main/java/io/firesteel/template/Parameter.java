package io.firesteel.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a template.
 *
 * @param rule what its values look like
 * @param required whether a request must give it
 * @param otherwise the value when a request does not
 */
record Parameter(
    String name,
    ParameterType type,
    Rule<JsonNode> rule,
    boolean required,
    @Nullable JsonNode otherwise) {

  static final Rule<String> NAME =
      Rule.matching(
          Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}"),
          "1 to 63 letters, digits and underscores, no digit first");

  private static final int MOST_VALUES = 1000;
  private static final Rule<JsonNode> NUMBER =
      new Rule<>("a number", node -> node.isNumber() ? node : null);
  private static final Rule<JsonNode> ANYTHING = new Rule<>("anything", node -> node);

  /** Reads one of a template's {@code parameters}; null when a mistake was added. */
  static @Nullable Parameter read(JsonNode node, String pointer, List<Problem> problems) {
    int before = problems.size();
    var fields = Fields.of(node, pointer, problems);
    String name = fields.required("name", NAME);
    ParameterType type = fields.required("type", ParameterType.WORD);
    fields.read("description", Rule.TEXT);
    var limits =
        new ParameterType.Limits(
            pattern(fields),
            fields.list("values", MOST_VALUES, Rule.text(1024)),
            number(fields, "minimum"),
            number(fields, "maximum"));
    Boolean required = fields.read("required", Rule.BOOLEAN);
    JsonNode otherwise = fields.read("default", ANYTHING);
    fields.noOthers();
    if (name == null || type == null || problems.size() > before) {
      return null;
    }
    var parameter =
        new Parameter(name, type, type.rule(limits), Boolean.TRUE.equals(required), otherwise);
    parameter.check(limits, fields);
    return problems.size() == before ? parameter : null;
  }

  private void check(ParameterType.Limits limits, Fields fields) {
    if (type == ParameterType.ENUM && limits.values().isEmpty()) {
      fields.report("values", "must list what an enum may be");
    }
    if (type != ParameterType.ENUM && !limits.values().isEmpty()) {
      fields.report("values", "have a meaning only for an enum");
    }
    if (otherwise != null) {
      fields.item(otherwise, fields.at("default"), rule);
      if (required) {
        fields.report("default", "has no meaning for a required parameter");
      }
    }
    if (otherwise == null && !required) {
      fields.report("required", "must be true, or there must be a default");
    }
  }

  private static @Nullable Pattern pattern(Fields fields) {
    String text = fields.read("pattern", Rule.text(1024));
    if (text == null) {
      return null;
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      fields.report("pattern", "is no regular expression: " + e.getDescription());
      return null;
    }
  }

  private static @Nullable Double number(Fields fields, String name) {
    JsonNode number = fields.read(name, NUMBER);
    return number == null ? null : number.doubleValue();
  }

  /** Its value from a text, as bucket events give them. */
  Optional<JsonNode> fromText(String text) {
    return Optional.ofNullable(rule.reader().apply(type.fromText(text)));
  }
}
