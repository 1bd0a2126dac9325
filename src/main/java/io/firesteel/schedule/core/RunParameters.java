package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.ask.Ask;
import io.firesteel.job.Requester;
import io.firesteel.schedule.cron.NominalTime;
import io.firesteel.template.Placeholders;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fills the nominal times of a run into the parameters and the spec of its request. */
public final class RunParameters {

  static final String PREVIOUS_SUCCESS = "previousSuccess";

  private static final DateTimeFormatter OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
  private static final Map<String, DateTimeFormatter> PARTS =
      Map.of(
          "date", DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT),
          "year", DateTimeFormatter.ofPattern("uuuu", Locale.ROOT),
          "month", DateTimeFormatter.ofPattern("MM", Locale.ROOT),
          "day", DateTimeFormatter.ofPattern("dd", Locale.ROOT),
          "hour", DateTimeFormatter.ofPattern("HH", Locale.ROOT),
          "minute", DateTimeFormatter.ofPattern("mm", Locale.ROOT));

  private RunParameters() {}

  /** The names of all placeholders. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    NominalTime any = new NominalTime(Instant.EPOCH, ZoneId.of("UTC"));
    names.addAll(values(any, any, any).keySet());
    return names;
  }

  /** Whether a value needs the time of an earlier success, which the first run does not have. */
  public static boolean needsPreviousSuccess(JsonNode value) {
    boolean[] found = {false};
    Placeholders.find(
        value, "", (_, name) -> found[0] |= name != null && name.startsWith(PREVIOUS_SUCCESS));
    return found[0];
  }

  /** The times as texts, by the name of their placeholder. */
  static Map<String, String> values(
      NominalTime scheduled, @Nullable NominalTime previous, @Nullable NominalTime success) {
    Map<String, String> values = new HashMap<>();
    put(values, "scheduledAt", scheduled);
    put(values, "previousScheduledAt", previous == null ? scheduled : previous);
    if (success != null) {
      put(values, PREVIOUS_SUCCESS, success);
    }
    return values;
  }

  private static void put(Map<String, String> values, String name, NominalTime time) {
    ZonedDateTime local = time.local();
    values.put(name, OFFSET.format(local));
    values.put(name + ".utc", time.at().toString());
    PARTS.forEach((part, format) -> values.put(name + "." + part, format.format(local)));
  }

  /** An ask for a run at a time, to see whether intake would accept the schedule's jobs. */
  public static Ask.JobAsked trial(JobSchedule schedule, Instant at) {
    NominalTime time = new NominalTime(at, schedule.settings().timetable().zone());
    return new Ask.JobAsked(
        RunId.of(schedule.key(), at),
        new Requester.ScheduledRun(schedule.key().name(), at),
        at,
        schedule.filled()
            ? fill(schedule.request(), values(time, time, time))
            : schedule.request());
  }

  /** The request with the values; a parameter that needs a value which is missing is left out. */
  static ObjectNode fill(JsonNode request, Map<String, String> values) {
    ObjectNode filled = request.deepCopy();
    if (filled.get("parameters") instanceof ObjectNode parameters) {
      if (!values.containsKey(PREVIOUS_SUCCESS)) {
        parameters.remove(
            parameters.properties().stream()
                .filter(one -> needsPreviousSuccess(one.getValue()))
                .map(Map.Entry::getKey)
                .toList());
      }
      filled.set("parameters", filled(parameters, values));
    }
    if (filled.get("spec") instanceof ObjectNode spec) {
      filled.set("spec", filled(spec, values));
    }
    return filled;
  }

  private static JsonNode filled(JsonNode node, Map<String, String> values) {
    if (node.isTextual()) {
      String text = node.textValue();
      return TextNode.valueOf(Placeholders.fillText(text, values).orElse(text));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode(array.size());
      array.forEach(item -> copy.add(filled(item, values)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object.properties().forEach(one -> copy.set(one.getKey(), filled(one.getValue(), values)));
      return copy;
    }
    return node;
  }
}
