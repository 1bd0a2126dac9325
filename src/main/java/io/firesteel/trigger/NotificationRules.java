package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.Rule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules for fields of notifications. They are wider than Firesteel's own; the stores define them.
 */
final class NotificationRules {

  static final Rule<String> NAME = Rule.text(4096);
  static final Rule<String> BUCKET = Rule.text(255);
  static final Rule<String> SEQUENCER =
      Rule.matching(Pattern.compile("[0-9A-Fa-f]{1,64}"), "a sequencer of hexadecimal digits");
  static final Rule<String> GENERATION =
      new Rule<>("a generation number", NotificationRules::generation);
  static final Rule<Long> SIZE = new Rule<>("a size in bytes", NotificationRules::size);
  static final Rule<Instant> TIME = new Rule<>("an RFC 3339 timestamp", NotificationRules::time);

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  private NotificationRules() {}

  private static @Nullable String generation(JsonNode node) {
    return (node.isTextual() || node.isIntegralNumber()) && DIGITS.matcher(node.asText()).matches()
        ? node.asText()
        : null;
  }

  /** Google writes sizes as strings. */
  private static @Nullable Long size(JsonNode node) {
    String digits = generation(node);
    return digits == null ? null : Long.valueOf(digits);
  }

  private static @Nullable Instant time(JsonNode node) {
    try {
      return node.isTextual() ? OffsetDateTime.parse(node.textValue()).toInstant() : null;
    } catch (DateTimeException _) {
      return null;
    }
  }
}
