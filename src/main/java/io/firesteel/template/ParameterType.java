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

/** The types that parameters have. */
enum ParameterType {
  STRING,
  INT,
  NUMBER,
  BOOLEAN,
  ENUM,
  /** A day, {@code 2026-03-01}; its parts are {@code .year}, {@code .month} and {@code .day}. */
  DATE,
  /** Texts. */
  LIST;

  static final Rule<ParameterType> WORD =
      Rule.oneOf(
          Arrays.stream(values())
              .collect(
                  Collectors.toMap(type -> type.name().toLowerCase(Locale.ROOT), type -> type)));

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONGEST = 65_536;
  private static final int MOST_ITEMS = 10_000;
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** What a definition says besides the type. */
  record Limits(
      @Nullable Pattern pattern,
      List<String> values,
      @Nullable Double minimum,
      @Nullable Double maximum) {

    private boolean within(double value) {
      return (minimum == null || value >= minimum) && (maximum == null || value <= maximum);
    }

    private boolean matches(String text) {
      return pattern == null || pattern.matcher(text).matches();
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

  Rule<JsonNode> rule(Limits limits) {
    String form = limits.pattern == null ? "" : " of the form " + limits.pattern;
    return switch (this) {
      case STRING -> rule("a text" + form, node -> text(node, limits));
      case INT ->
          rule(
              "a whole number" + limits.bounds(),
              node -> node.isIntegralNumber() && limits.within(node.doubleValue()));
      case NUMBER ->
          rule(
              "a number" + limits.bounds(),
              node -> node.isNumber() && limits.within(node.doubleValue()));
      case BOOLEAN -> rule("true or false", JsonNode::isBoolean);
      case ENUM ->
          rule(
              "one of " + String.join(", ", limits.values),
              node -> node.isTextual() && limits.values.contains(node.textValue()));
      case DATE -> rule("a day like 2026-03-01", ParameterType::day);
      case LIST -> rule("a list of texts" + form, node -> list(node, limits));
    };
  }

  private static Rule<JsonNode> rule(String expected, Predicate<JsonNode> right) {
    return new Rule<>(expected, node -> right.test(node) ? node : null);
  }

  private static boolean text(JsonNode node, Limits limits) {
    return node.isTextual()
        && node.textValue().length() <= LONGEST
        && limits.matches(node.textValue());
  }

  private static boolean list(JsonNode node, Limits limits) {
    if (!node.isArray() || node.size() > MOST_ITEMS) {
      return false;
    }
    for (JsonNode item : node) {
      if (!text(item, limits)) {
        return false;
      }
    }
    return true;
  }

  private static boolean day(JsonNode node) {
    if (!node.isTextual() || !DAY.matcher(node.textValue()).matches()) {
      return false;
    }
    try {
      LocalDate.parse(node.textValue());
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  /** A text as this type; it stays a text where it is none. */
  JsonNode fromText(String text) {
    return switch (this) {
      case STRING, ENUM, DATE -> NODES.textNode(text);
      case INT ->
          WHOLE.matcher(text).matches()
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
