package io.firesteel.json;

import com.fasterxml.jackson.databind.JsonNode;
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
 * How a scalar of the contract is read. Each says the same as a JSON Schema in {@code schemas/}
 * does; a test holds the two together.
 *
 * @param expected what a right one looks like, to follow "must be"
 * @param reader null when the node is not that
 */
public record Rule<T>(String expected, Function<JsonNode, @Nullable T> reader) {

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

  /** Any text. */
  public static final Rule<String> TEXT =
      new Rule<>("a text", node -> node.isTextual() ? node.textValue() : null);

  /** True or false. */
  public static final Rule<Boolean> BOOLEAN =
      new Rule<>("true or false", node -> node.isBoolean() ? node.booleanValue() : null);

  /** A point in time with its offset, as RFC 3339 writes it. */
  public static final Rule<Instant> TIMESTAMP =
      new Rule<>("a time like 2026-01-31T18:00:00Z", Rule::timestamp);

  /** A length of time as Kubernetes and Spark users write it. */
  public static final Rule<Duration> DURATION =
      new Rule<>("a length of time like 90s, 15m, 2h or 1d", Rule::duration);

  /** A text of a given form. */
  public static Rule<String> matching(Pattern form, String expected) {
    return new Rule<>(
        expected,
        node ->
            node.isTextual() && form.matcher(node.textValue()).matches() ? node.textValue() : null);
  }

  /** A text that is not empty and has at most so many characters. */
  public static Rule<String> text(int longest) {
    return new Rule<>(
        "a text of 1 to " + longest + " characters",
        node ->
            node.isTextual() && !node.textValue().isEmpty() && length(node.textValue()) <= longest
                ? node.textValue()
                : null);
  }

  /** A whole number within bounds; 1.0 is whole, as JSON Schema has it. */
  public static Rule<Integer> integer(int least, int most) {
    return new Rule<>(
        "a whole number from " + least + " to " + most, node -> integer(node, least, most));
  }

  /** One of a few words. */
  public static <T> Rule<T> oneOf(Map<String, T> words) {
    return new Rule<>(
        "one of " + words.keySet().stream().sorted().collect(Collectors.joining(", ")),
        node -> node.isTextual() ? words.get(node.textValue()) : null);
  }

  /** One of a few words, as they are. */
  public static Rule<String> oneOf(Collection<String> words) {
    return oneOf(words.stream().collect(Collectors.toMap(word -> word, word -> word)));
  }

  @Nullable T read(JsonNode node) {
    return reader.apply(node);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static @Nullable Integer integer(JsonNode node, int least, int most) {
    if (!node.isNumber()) {
      return null;
    }
    double value = node.doubleValue();
    return value == Math.rint(value) && value >= least && value <= most ? (int) value : null;
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
