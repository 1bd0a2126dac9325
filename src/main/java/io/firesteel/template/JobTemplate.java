package io.firesteel.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.job.JobKey;
import io.firesteel.json.FieldReader;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Names;
import io.firesteel.json.Printable;
import io.firesteel.json.Rule;
import io.firesteel.json.Suggestions;
import io.firesteel.json.ValidationError;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A job that tenants request by the template's name.
 *
 * @param tenants the tenants that may use it; empty for all
 * @param parameters by name, in the order of the definition
 * @param application the spec of a SparkApplication with placeholders
 */
public record JobTemplate(
    String name,
    Set<String> tenants,
    Map<String, Parameter> parameters,
    @Nullable Integer priority,
    JsonNode application) {

  private static final int MAX_PARAMETERS = 256;
  private static final int MAX_TENANTS = 10_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String JOB_ID = "firesteel.jobId";
  private static final String TENANT = "firesteel.tenant";

  public JobTemplate {
    tenants = Set.copyOf(tenants);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Reads the {@code spec} of a JobTemplate document; empty if errors were added. */
  public static Optional<JobTemplate> read(
      String name, JsonNode spec, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(spec, "/spec", errors);
    Set<String> tenants = new TreeSet<>(fields.list("tenants", MAX_TENANTS, Rule.text(63)));
    Map<String, Parameter> parameters = parameters(fields, errors);
    Integer priority = fields.read("priority", Names.PRIORITY);
    JsonNode application = fields.required("application", Names.OBJECT);
    fields.rejectUnknown();
    if (application == null || errors.size() > before) {
      return Optional.empty();
    }
    var template = new JobTemplate(name, tenants, parameters, priority, application);
    template.checkPlaceholders(errors);
    return errors.size() == before ? Optional.of(template) : Optional.empty();
  }

  private static Map<String, Parameter> parameters(
      FieldReader fields, List<ValidationError> errors) {
    var byName = new LinkedHashMap<String, Parameter>();
    for (Parameter parameter :
        fields.list("parameters", MAX_PARAMETERS, (node, at) -> Parameter.read(node, at, errors))) {
      if (byName.put(parameter.name(), parameter) != null) {
        fields.addError("parameters", "defines " + parameter.name() + " twice");
      }
    }
    return byName;
  }

  private void checkPlaceholders(List<ValidationError> errors) {
    Set<String> known = known();
    Placeholders.find(
        application,
        "/spec/application",
        (pointer, placeholder) -> {
          if (placeholder == null) {
            errors.add(
                new ValidationError(pointer, "has {{ without a complete placeholder {{name}}"));
          } else if (!known.contains(placeholder)) {
            errors.add(
                new ValidationError(
                    pointer,
                    "uses parameter %s, which is not declared; %s"
                        .formatted(
                            Printable.of(placeholder, 100),
                            Suggestions.hint(placeholder, known, "declared are"))));
          }
        });
  }

  private Set<String> known() {
    var names = new TreeSet<String>(Set.of(JOB_ID, TENANT));
    for (Parameter parameter : parameters.values()) {
      names.add(parameter.name());
      if (parameter.type() == ParameterType.DATE) {
        names.addAll(dateParts(parameter.name(), LocalDate.EPOCH).keySet());
      }
    }
    return names;
  }

  /** Whether a tenant may use it. */
  public boolean allows(String tenant) {
    return tenants.isEmpty() || tenants.contains(tenant);
  }

  /**
   * The spec with a request's values filled in.
   *
   * @param pointer of the request's parameters
   * @return empty if errors were added
   */
  public Optional<JsonNode> fill(
      JobKey job, Map<String, JsonNode> given, String pointer, List<ValidationError> errors) {
    var values = new HashMap<String, JsonNode>();
    for (Parameter parameter : parameters.values()) {
      value(parameter, given, pointer, errors).ifPresent(value -> put(values, parameter, value));
    }
    rejectUnknown(given, pointer, errors);
    values.put(JOB_ID, NODES.textNode(job.id()));
    values.put(TENANT, NODES.textNode(job.tenant()));
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Placeholders.fill(application, values));
    } catch (Placeholders.ResultTooLargeException _) {
      errors.add(
          new ValidationError(
              pointer,
              "the filled spec exceeds %,d characters".formatted(Placeholders.MAX_CHARACTERS)));
      return Optional.empty();
    }
  }

  /**
   * Converts texts, as triggers supply them, to the types of their parameters. A text that does not
   * fit stays a string, and {@link #fill} rejects it.
   */
  public Map<String, JsonNode> fromTexts(Map<String, String> texts) {
    var values = new HashMap<String, JsonNode>();
    texts.forEach((name, text) -> {
      Parameter parameter = parameters.get(name);
      Optional<JsonNode> value = parameter == null ? Optional.empty() : parameter.fromText(text);
      values.put(name, value.orElseGet(() -> NODES.textNode(text)));
    });
    return values;
  }

  /** The names of its parameters. */
  public Set<String> parameterNames() {
    return parameters.keySet();
  }

  /** Whether a request must have a value for a parameter. */
  public boolean requires(String parameter) {
    Parameter found = parameters.get(parameter);
    return found != null && found.required();
  }

  private static Optional<JsonNode> value(
      Parameter parameter,
      Map<String, JsonNode> given,
      String pointer,
      List<ValidationError> errors) {
    JsonNode value = given.get(parameter.name());
    String at = JsonPointers.child(pointer, parameter.name());
    if (value == null) {
      if (parameter.required()) {
        errors.add(
            new ValidationError(at, "is missing; it must be " + parameter.rule().expected()));
      }
      return Optional.ofNullable(parameter.defaultValue());
    }
    return Optional.ofNullable(FieldReader.value(value, at, parameter.rule(), errors));
  }

  private void rejectUnknown(
      Map<String, JsonNode> given, String pointer, List<ValidationError> errors) {
    for (String name : given.keySet()) {
      if (!parameters.containsKey(name)) {
        String hint = Suggestions.hint(name, parameters.keySet(), "its parameters are");
        errors.add(
            new ValidationError(
                JsonPointers.child(pointer, name), "is not a parameter of the template; " + hint));
      }
    }
  }

  private static void put(Map<String, JsonNode> values, Parameter parameter, JsonNode value) {
    values.put(parameter.name(), value);
    if (parameter.type() == ParameterType.DATE) {
      values.putAll(dateParts(parameter.name(), LocalDate.parse(value.textValue())));
    }
  }

  private static Map<String, JsonNode> dateParts(String name, LocalDate day) {
    return Map.of(
        name + ".year", NODES.textNode("%04d".formatted(day.getYear())),
        name + ".month", NODES.textNode("%02d".formatted(day.getMonthValue())),
        name + ".day", NODES.textNode("%02d".formatted(day.getDayOfMonth())));
  }
}
