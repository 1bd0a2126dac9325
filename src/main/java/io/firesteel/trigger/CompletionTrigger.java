package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.job.Sha256;
import io.firesteel.json.FieldReader;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Names;
import io.firesteel.json.Printable;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import io.firesteel.template.Placeholders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests a job of a template when another job or a workflow of the same tenant ends.
 *
 * @param on what must end; one of them is enough
 * @param template of the job that it requests
 * @param parameters of that template, as texts with placeholders for values of what ended
 */
public record CompletionTrigger(
    String name,
    String tenant,
    List<Upstream> on,
    String template,
    Map<String, String> parameters,
    @Nullable Integer priority) {

  /** The most jobs in a row of which each was requested because the one before it ended. */
  public static final int MAX_DEPTH = 20;

  private static final int MAX_UPSTREAMS = 10;
  private static final int MAX_PARAMETERS = 256;
  private static final int NAME_DIGITS = 20;
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "job|workflow|outcome|template|schedule|scheduledAt"
              + "|(parameters|outputs|labels)\\.[A-Za-z0-9_.-]+");
  private static final Rule<Condition> CONDITION =
      Rule.oneOf(
          Map.of(
              "succeeded", Condition.SUCCEEDED,
              "failed", Condition.FAILED,
              "completed", Condition.COMPLETED));

  public CompletionTrigger {
    on = List.copyOf(on);
    parameters = Map.copyOf(parameters);
  }

  /** How something must end. */
  public enum Condition {
    SUCCEEDED,
    /** It failed, was refused or expired. */
    FAILED,
    /** It succeeded or failed. */
    COMPLETED;

    boolean holds(String outcome) {
      boolean failed = Set.of("FAILED", "REFUSED", "EXPIRED").contains(outcome);
      return switch (this) {
        case SUCCEEDED -> outcome.equals("SUCCEEDED");
        case FAILED -> failed;
        case COMPLETED -> failed || outcome.equals("SUCCEEDED");
      };
    }
  }

  /**
   * What must end.
   *
   * @param kind {@code template}, {@code schedule}, {@code workflow} or {@code job}
   * @param pattern the name; of a workflow or a job, the id with {@code *} for any characters
   */
  public record Upstream(String kind, String pattern, Condition condition) {

    boolean matches(Completed completed) {
      String found = completed.names().get(kind);
      return found != null
          && condition.holds(completed.outcome())
          && KeyGlob.of(pattern).matches(found);
    }
  }

  /**
   * A job or a workflow that ended.
   *
   * @param identity the same for every delivery of its result
   * @param names its names by kind, see {@link Upstream}
   * @param values for placeholders
   * @param depth of how many triggers in a row it is the last
   */
  public record Completed(
      String tenant,
      String identity,
      String outcome,
      Map<String, String> names,
      Map<String, String> values,
      int depth) {}

  /** A job that a trigger requests. */
  public record RequestedJob(
      CompletionTrigger trigger,
      String jobId,
      Map<String, String> parameters,
      int depth,
      List<ValidationError> errors) {}

  /** Reads the {@code spec} of a CompletionTrigger document; empty if errors were added. */
  public static Optional<CompletionTrigger> read(
      String name, JsonNode spec, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(spec, "/spec", errors);
    String tenant = fields.required("tenant", Rule.text(63));
    List<Upstream> on = fields.list("on", MAX_UPSTREAMS, (node, at) -> upstream(node, at, errors));
    if (on.isEmpty() && errors.size() == before) {
      fields.addError("on", "must name at least one template, schedule, workflow or job");
    }
    String template = fields.required("template", Names.DNS_SUBDOMAIN);
    var parameters = fields.map("parameters", MAX_PARAMETERS, Names.PARAMETER, Rule.TEXT);
    Integer priority = fields.read("priority", Names.PRIORITY);
    fields.rejectUnknown();
    parameters.forEach((parameter, text) -> checkPlaceholders(parameter, text, errors));
    return tenant == null || template == null || errors.size() > before
        ? Optional.empty()
        : Optional.of(new CompletionTrigger(name, tenant, on, template, parameters, priority));
  }

  private static @Nullable Upstream upstream(
      JsonNode node, String at, List<ValidationError> errors) {
    var fields = FieldReader.of(node, at, errors);
    List<Upstream> found = new ArrayList<>();
    Condition read = fields.read("outcome", CONDITION);
    Condition condition = read == null ? Condition.SUCCEEDED : read;
    for (String kind : List.of("template", "schedule")) {
      String name = fields.read(kind, Names.DNS_SUBDOMAIN);
      if (name != null) {
        found.add(new Upstream(kind, name, condition));
      }
    }
    for (String kind : List.of("workflow", "job")) {
      String pattern = fields.read(kind, Rule.text(253));
      if (pattern != null) {
        found.add(new Upstream(kind, pattern, condition));
      }
    }
    fields.rejectUnknown();
    if (found.size() != 1) {
      errors.add(
          new ValidationError(
              at, "must have one of template, schedule, workflow and job, has " + found.size()));
      return null;
    }
    return found.getFirst();
  }

  private static void checkPlaceholders(
      String parameter, String text, List<ValidationError> errors) {
    Placeholders.find(
        TextNode.valueOf(text),
        JsonPointers.child("/spec/parameters", parameter),
        (pointer, placeholder) -> {
          if (placeholder == null) {
            errors.add(
                new ValidationError(pointer, "has {{ without a complete placeholder {{name}}"));
          } else if (!PLACEHOLDER.matcher(placeholder).matches()) {
            errors.add(
                new ValidationError(
                    pointer,
                    "uses {{%s}}, which is not defined; defined are job, workflow, outcome, template, schedule, scheduledAt, parameters.NAME, outputs.NAME and labels.NAME"
                        .formatted(Printable.of(placeholder, 100))));
          }
        });
  }

  /** The job for something that ended; empty if it is not what the trigger waits for. */
  public Optional<RequestedJob> match(Completed completed) {
    return completed.tenant().equals(tenant) && on.stream().anyMatch(it -> it.matches(completed))
        ? Optional.of(request(completed))
        : Optional.empty();
  }

  private RequestedJob request(Completed completed) {
    Map<String, String> filled = new HashMap<>();
    List<ValidationError> errors = new ArrayList<>();
    if (completed.depth() >= MAX_DEPTH) {
      errors.add(
          new ValidationError(
              "",
              "%d jobs in a row were each requested because the one before ended; break the loop of triggers"
                  .formatted(MAX_DEPTH)));
    }
    parameters.forEach((parameter, text) ->
        Placeholders.fillText(text, completed.values())
            .ifPresentOrElse(
                value -> filled.put(parameter, value),
                () ->
                    errors.add(
                        new ValidationError(
                            JsonPointers.child("/parameters", parameter),
                            "cannot be filled; what ended has no value for " + text))));
    String digest = Sha256.of(name + "\0" + completed.identity()).substring(0, NAME_DIGITS);
    String id = "t-" + name.substring(0, Math.min(100, name.length())) + "-" + digest;
    return new RequestedJob(this, id, filled, completed.depth() + 1, errors);
  }
}
