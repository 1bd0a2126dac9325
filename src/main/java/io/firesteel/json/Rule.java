package io.firesteel.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a scalar of a public document is read. Each rule accepts what the JSON Schemas in {@code
 * schemas/} accept; a test compares the two.
 *
 * @param expected what a valid value looks like, to follow "must be"
 * @param reader returns null for an invalid node
 * @param quotable whether an error may quote the value; not if it is free text, which may be secret
 */
public record Rule<T>(String expected, Function<JsonNode, @Nullable T> reader, boolean quotable) {

  /** A rule whose errors may quote the value. */
  public Rule(String expected, Function<JsonNode, @Nullable T> reader) {
    this(expected, reader, true);
  }

  private static final Pattern TIMESTAMP_FORM =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?"
              + "(Z|[+-](0\\d|1[0-7]):[0-5]\\d)");
  private static final Pattern DURATION_FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /** Any string. */
  public static final Rule<String> TEXT =
      new Rule<>("a string", node -> node.isTextual() ? node.textValue() : null);

  /** True or false. */
  public static final Rule<Boolean> BOOLEAN =
      new Rule<>("true or false", node -> node.isBoolean() ? node.booleanValue() : null);

  /** A point in time with its offset, as RFC 3339 writes it. */
  public static final Rule<Instant> TIMESTAMP =
      new Rule<>("an RFC 3339 timestamp such as 2026-01-31T18:00:00Z", Rule::timestamp);

  /** A duration in the units of Kubernetes and Spark. */
  public static final Rule<Duration> DURATION =
      new Rule<>("a duration such as 90s, 15m, 2h or 1d", Rule::duration);

  /** A string that matches a pattern. */
  public static Rule<String> matching(Pattern form, String expected) {
    return new Rule<>(
        expected,
        node ->
            node.isTextual() && form.matcher(node.textValue()).matches() ? node.textValue() : null);
  }

  /** A string of 1 to so many characters. */
  public static Rule<String> text(int max) {
    return new Rule<>(
        "a string of 1 to " + max + " characters",
        node ->
            node.isTextual() && !node.textValue().isEmpty() && length(node.textValue()) <= max
                ? node.textValue()
                : null);
  }

  /** An integer within bounds; 1.0 is an integer, as in JSON Schema. */
  public static Rule<Integer> integer(int least, int most) {
    Rule<Long> wide = integer((long) least, (long) most);
    return new Rule<>(
        wide.expected(), node -> wide.read(node) instanceof Long value ? value.intValue() : null);
  }

  /** The same for 64 bits. */
  public static Rule<Long> integer(long least, long most) {
    return new Rule<>(
        "an integer from " + least + " to " + most, node -> integer(node, least, most));
  }

  /** One of some words, and what it stands for. */
  public static <T> Rule<T> oneOf(Map<String, T> words) {
    return new Rule<>(
        "one of " + words.keySet().stream().sorted().collect(Collectors.joining(", ")),
        node -> node.isTextual() ? words.get(node.textValue()) : null);
  }

  /** One of some words. */
  public static Rule<String> oneOf(Collection<String> words) {
    return oneOf(words.stream().collect(Collectors.toMap(word -> word, word -> word)));
  }

  @Nullable T read(JsonNode node) {
    return reader.apply(node);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static @Nullable Long integer(JsonNode node, long least, long most) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      return null;
    }
    BigDecimal value = node.decimalValue();
    return value.compareTo(BigDecimal.valueOf(least)) >= 0
            && value.compareTo(BigDecimal.valueOf(most)) <= 0
            && value.stripTrailingZeros().scale() <= 0
        ? value.longValue()
        : null;
  }

  private static @Nullable Instant timestamp(JsonNode node) {
    if (!node.isTextual() || !TIMESTAMP_FORM.matcher(node.textValue()).matches()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(node.textValue()).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable Duration duration(JsonNode node) {
    var match = DURATION_FORM.matcher(node.isTextual() ? node.textValue() : "");
    if (!match.matches()) {
      return null;
    }
    Duration unit = UNITS.get(match.group(2));
    return unit == null ? null : unit.multipliedBy(Long.parseLong(match.group(1)));
  }
}
