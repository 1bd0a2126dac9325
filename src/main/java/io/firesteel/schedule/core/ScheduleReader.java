package io.firesteel.schedule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Names;
import io.firesteel.json.Printable;
import io.firesteel.json.Rule;
import io.firesteel.json.Suggestions;
import io.firesteel.json.ValidationError;
import io.firesteel.schedule.core.ScheduleSettings.CatchUp;
import io.firesteel.schedule.core.ScheduleSettings.ConcurrencyPolicy;
import io.firesteel.schedule.cron.CronException;
import io.firesteel.schedule.cron.Timetable;
import io.firesteel.template.Placeholders;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code spec} of a JobSchedule and of a ScheduledSparkApplication, strictly. Pure. */
public final class ScheduleReader {

  /** With what the ids of its jobs add, it fits a job id. */
  public static final Rule<String> NAME =
      Rule.matching(
          Pattern.compile("[a-z0-9]([-a-z0-9.]{0,198}[a-z0-9])?"),
          "1 to 200 lower-case letters, digits and inner hyphens or dots");

  private static final int MAX_SCHEDULES = 20;
  private static final int MAX_PARAMETERS = 256;
  private static final int MAX_RUNS = 100;
  private static final Rule<Integer> RUNS = Rule.integer(0, MAX_RUNS);
  private static final Rule<String> EXPRESSION = Rule.text(256);
  private static final Rule<ConcurrencyPolicy> POLICY =
      Rule.oneOf(
          Map.of(
              "Allow", ConcurrencyPolicy.ALLOW,
              "Forbid", ConcurrencyPolicy.FORBID,
              "Replace", ConcurrencyPolicy.REPLACE));
  private static final Rule<CatchUp> CATCH_UP =
      Rule.oneOf(Map.of("latest", CatchUp.LATEST, "none", CatchUp.NONE, "all", CatchUp.ALL));

  private final FieldReader fields;
  private final List<ValidationError> errors;

  private ScheduleReader(FieldReader fields, List<ValidationError> errors) {
    this.fields = fields;
    this.errors = errors;
  }

  /** Reads a JobSchedule; empty if errors were added. */
  public static Optional<JobSchedule> jobSchedule(
      String name, JsonNode spec, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(spec, "/spec", errors);
    var reader = new ScheduleReader(fields, errors);
    String tenant = fields.required("tenant", Names.DNS_LABEL);
    ScheduleSettings settings = reader.settings();
    ObjectNode request = reader.request();
    fields.rejectUnknown();
    if (tenant == null || settings == null || errors.size() > before) {
      return Optional.empty();
    }
    reader.checkPlaceholders(request);
    return errors.size() > before
        ? Optional.empty()
        : Optional.of(new JobSchedule(new ScheduleKey(tenant, name), settings, request, true));
  }

  /**
   * Reads a ScheduledSparkApplication of the Spark operator; empty if errors were added.
   *
   * @param key its tenant may be unknown until the tenant of its namespace is
   */
  public static Optional<JobSchedule> scheduledSparkApplication(
      ScheduleKey key, JsonNode spec, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(spec, "/spec", errors);
    var reader = new ScheduleReader(fields, errors);
    List<String> schedules = reader.one("schedule");
    String zone = fields.read("timeZone", Rule.TEXT);
    ScheduleSettings settings =
        reader.common(schedules, zone == null || zone.equals("Local") ? "UTC" : zone);
    JsonNode template = fields.required("template", Names.OBJECT);
    fields.rejectUnknown();
    if (settings == null || template == null || errors.size() > before) {
      return Optional.empty();
    }
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.set("spec", template);
    return Optional.of(new JobSchedule(key, settings, request, false));
  }

  private @Nullable ScheduleSettings settings() {
    boolean one = fields.raw("schedule") != null;
    boolean several = fields.raw("schedules") != null;
    if (one == several) {
      errors.add(
          new ValidationError(
              fields.pointer(),
              "must have either schedule or schedules, has " + (one ? "both" : "neither")));
      return null;
    }
    List<String> schedules =
        one ? one("schedule") : fields.list("schedules", MAX_SCHEDULES, EXPRESSION);
    if (several && schedules.isEmpty()) {
      fields.addError("schedules", "must have at least one cron expression");
    }
    String zone = fields.read("timeZone", Rule.TEXT);
    ScheduleSettings common = common(schedules, zone == null ? "UTC" : zone);
    return common == null ? null : withCatchUp(common);
  }

  private List<String> one(String name) {
    String text = fields.required(name, EXPRESSION);
    return text == null ? List.of() : List.of(text);
  }

  private @Nullable ScheduleSettings common(List<String> schedules, String zone) {
    checkTimes(schedules, zone);
    ConcurrencyPolicy policy =
        or(fields.read("concurrencyPolicy", POLICY), ConcurrencyPolicy.ALLOW);
    boolean suspended = or(fields.read("suspend", Rule.BOOLEAN), false);
    int successful = or(fields.read("successfulRunHistoryLimit", RUNS), 3);
    int failed = or(fields.read("failedRunHistoryLimit", RUNS), 1);
    if (schedules.isEmpty()) {
      return null;
    }
    return new ScheduleSettings(
        schedules, zone, suspended, policy, null, CatchUp.LATEST, 1, null, successful, failed);
  }

  private ScheduleSettings withCatchUp(ScheduleSettings common) {
    Duration deadline = fields.read("startingDeadline", Rule.DURATION);
    CatchUp catchUp = or(fields.read("catchUp", CATCH_UP), CatchUp.LATEST);
    Integer most = fields.read("maxCatchUp", Rule.integer(1, DueTimes.MAX_CATCH_UP));
    Duration jitter = fields.read("jitter", Rule.DURATION);
    if (most != null && catchUp != CatchUp.ALL) {
      fields.addError("maxCatchUp", "is allowed only with catchUp: all");
    }
    if (catchUp == CatchUp.ALL && common.concurrencyPolicy() == ConcurrencyPolicy.REPLACE) {
      fields.addError(
          "catchUp",
          "must not be all with concurrencyPolicy: Replace, because each run would replace the one before; use Allow or Forbid");
    }
    return new ScheduleSettings(
        common.schedules(),
        common.timeZone(),
        common.suspended(),
        common.concurrencyPolicy(),
        deadline,
        catchUp,
        or(most, DueTimes.MAX_CATCH_UP),
        jitter,
        common.successfulRuns(),
        common.failedRuns());
  }

  private void checkTimes(List<String> schedules, String zone) {
    ZoneId known = ZoneId.of("UTC");
    try {
      known = Timetable.zone(zone);
    } catch (CronException e) {
      fields.addError("timeZone", e.getMessage());
    }
    boolean several = fields.raw("schedules") != null;
    for (int i = 0; i < schedules.size(); i++) {
      try {
        Timetable.of(List.of(schedules.get(i)), known);
      } catch (CronException e) {
        String at =
            several ? fields.pointerTo("schedules") + "/" + i : fields.pointerTo("schedule");
        errors.add(new ValidationError(at, e.getMessage()));
      }
    }
  }

  private ObjectNode request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    String template = fields.read("template", Names.DNS_SUBDOMAIN);
    JsonNode application = fields.read("application", Names.OBJECT);
    if ((fields.raw("template") == null) == (fields.raw("application") == null)) {
      errors.add(
          new ValidationError(
              fields.pointer(),
              "must have either template or application, has "
                  + (template == null ? "neither" : "both")));
    }
    Map<String, JsonNode> parameters =
        fields.map("parameters", MAX_PARAMETERS, Names.PARAMETER, Names.ANY);
    if (fields.raw("parameters") != null && fields.raw("template") == null) {
      fields.addError("parameters", "are allowed only with template");
    }
    Integer priority = fields.read("priority", Names.PRIORITY);
    if (template != null) {
      request.put("template", template);
      request.putObject("parameters").setAll(parameters);
    }
    if (application != null) {
      request.set("spec", application);
    }
    if (priority != null) {
      request.put("priority", priority);
    }
    deadline(request);
    return request;
  }

  private void deadline(ObjectNode request) {
    JsonNode given = fields.raw("deadline");
    if (given != null) {
      fields.object(
          "deadline",
          deadline -> {
            deadline.read("startWithin", Rule.DURATION);
            deadline.read("runWithin", Rule.DURATION);
            deadline.rejectUnknown();
            return given;
          });
      request.set("deadline", given);
    }
  }

  private void checkPlaceholders(ObjectNode request) {
    List<String> known = new ArrayList<>(RunParameters.names());
    for (var part : Map.of("parameters", "parameters", "spec", "application").entrySet()) {
      JsonNode node = request.get(part.getKey());
      if (node != null) {
        Placeholders.find(
            node,
            JsonPointers.child("/spec", part.getValue()),
            (pointer, name) -> check(pointer, name, known, part.getKey().equals("spec")));
      }
    }
  }

  private void check(String pointer, @Nullable String name, List<String> known, boolean spec) {
    if (name == null) {
      errors.add(new ValidationError(pointer, "has {{ without a complete placeholder {{name}}"));
    } else if (!known.contains(name)) {
      errors.add(
          new ValidationError(
              pointer,
              "uses {{%s}}, which is not defined; %s"
                  .formatted(
                      Printable.of(name, 100), Suggestions.hint(name, known, "defined are"))));
    } else if (spec && name.startsWith(RunParameters.PREVIOUS_SUCCESS)) {
      errors.add(
          new ValidationError(
              pointer,
              "uses {{%s}}, which the first run does not have; use a template, whose parameter has a default"
                  .formatted(name)));
    }
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
