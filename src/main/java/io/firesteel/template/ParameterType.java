package io.firesteel.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.json.Rule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of a parameter. */
public enum ParameterType {
  STRING,
  INT,
  NUMBER,
  BOOLEAN,
  ENUM,
  /** A date, {@code 2026-03-01}; its parts are {@code .year}, {@code .month} and {@code .day}. */
  DATE,
  /** An array of strings. */
  LIST;

  static final Rule<ParameterType> RULE =
      Rule.oneOf(
          Arrays.stream(values())
              .collect(
                  Collectors.toMap(type -> type.name().toLowerCase(Locale.ROOT), type -> type)));

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_LENGTH = 65_536;
  private static final int MAX_ITEMS = 10_000;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Pattern DATE_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** The constraints of a definition, besides the type. */
  record Constraints(
      com.google.re2j.@Nullable Pattern pattern,
      List<String> values,
      @Nullable Double minimum,
      @Nullable Double maximum) {

    private boolean within(double value) {
      return (minimum == null || value >= minimum) && (maximum == null || value <= maximum);
    }

    private boolean matches(String text) {
      return pattern == null || pattern.matches(text);
    }

    private String bounds() {
      return bound(" from ", minimum) + bound(" to ", maximum);
    }
  }

  private static String bound(String word, @Nullable Double number) {
    return number == null
        ? ""
        : word + BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  Rule<JsonNode> rule(Constraints constraints) {
    String form = constraints.pattern == null ? "" : " that matches " + constraints.pattern;
    return switch (this) {
      case STRING ->
          new Rule<>("a string" + form, node -> text(node, constraints) ? node : null, false);
      case INT ->
          rule(
              "an integer" + constraints.bounds(),
              node -> node.isIntegralNumber() && constraints.within(node.doubleValue()));
      case NUMBER ->
          rule(
              "a number" + constraints.bounds(),
              node -> node.isNumber() && constraints.within(node.doubleValue()));
      case BOOLEAN -> rule("true or false", JsonNode::isBoolean);
      case ENUM ->
          rule(
              "one of " + String.join(", ", constraints.values),
              node -> node.isTextual() && constraints.values.contains(node.textValue()));
      case DATE -> rule("a date such as 2026-03-01", ParameterType::isDate);
      case LIST -> rule("an array of strings" + form, node -> list(node, constraints));
    };
  }

  private static Rule<JsonNode> rule(String expected, Predicate<JsonNode> valid) {
    return new Rule<>(expected, node -> valid.test(node) ? node : null);
  }

  private static boolean text(JsonNode node, Constraints constraints) {
    return node.isTextual()
        && node.textValue().length() <= MAX_LENGTH
        && constraints.matches(node.textValue());
  }

  private static boolean list(JsonNode node, Constraints constraints) {
    if (!node.isArray() || node.size() > MAX_ITEMS) {
      return false;
    }
    for (JsonNode item : node) {
      if (!text(item, constraints)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDate(JsonNode node) {
    if (!node.isTextual() || !DATE_FORM.matcher(node.textValue()).matches()) {
      return false;
    }
    try {
      LocalDate.parse(node.textValue());
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  /** Converts a text to this type; a text that does not fit stays a string. */
  JsonNode fromText(String text) {
    return switch (this) {
      case STRING, ENUM, DATE -> NODES.textNode(text);
      case INT ->
          INTEGER.matcher(text).matches()
              ? NODES.numberNode(new BigInteger(text))
              : NODES.textNode(text);
      case NUMBER ->
          DECIMAL.matcher(text).matches()
              ? NODES.numberNode(new BigDecimal(text))
              : NODES.textNode(text);
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? NODES.booleanNode(text.equals("true"))
              : NODES.textNode(text);
      case LIST -> NODES.arrayNode().add(text);
    };
  }
}
