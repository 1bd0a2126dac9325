package io.firesteel.local.kubernetes.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The life of a simulated pod, read from its annotation: {@code "runMillis=200,exitCode=0"},
 * optionally with {@code startMillis} and {@code stopMillis}. A value that is missing or not a
 * number counts as 0.
 *
 * @param start from its creation until it runs
 * @param run from then until its container ends
 * @param stop from its deletion until it is gone
 */
record SimulatedPodPlan(Duration start, Duration run, Duration stop, int exitCode) {

  static Optional<SimulatedPodPlan> of(JsonNode pod) {
    JsonNode text = JsonTrees.at(pod, "metadata", "annotations", SimulatedPods.ANNOTATION);
    return text.isTextual() ? Optional.of(parse(text.asText())) : Optional.empty();
  }

  static SimulatedPodPlan parse(String text) {
    Map<String, Integer> parts = new HashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), number(part.substring(equals + 1).strip()));
      }
    }
    return new SimulatedPodPlan(
        millis(parts, "startMillis"),
        millis(parts, "runMillis"),
        millis(parts, "stopMillis"),
        parts.getOrDefault("exitCode", 0));
  }

  private static Duration millis(Map<String, Integer> parts, String name) {
    return Duration.ofMillis(Math.max(0, parts.getOrDefault(name, 0)));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
