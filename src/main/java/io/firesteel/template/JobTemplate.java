package io.firesteel.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.job.JobKey;
import io.firesteel.json.Fields;
import io.firesteel.json.Nearest;
import io.firesteel.json.Printable;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
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
 * A job that is asked for by name.
 *
 * @param tenants who may use it; empty means everybody
 * @param parameters by their names, in the order of the definition
 * @param application the spec of a SparkApplication with placeholders
 */
public record JobTemplate(
    String name,
    Set<String> tenants,
    Map<String, Parameter> parameters,
    @Nullable Integer priority,
    JsonNode application) {

  private static final int MOST_PARAMETERS = 256;
  private static final int MOST_TENANTS = 10_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String JOB_ID = "firesteel.jobId";
  private static final String TENANT = "firesteel.tenant";
  private static final Rule<JsonNode> OBJECT =
      new Rule<>("an object", node -> node.isObject() ? node : null);

  public JobTemplate {
    tenants = Set.copyOf(tenants);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Reads the {@code spec} of a JobTemplate document; empty when a mistake was added. */
  public static Optional<JobTemplate> read(String name, JsonNode spec, List<Problem> problems) {
    int before = problems.size();
    var fields = Fields.of(spec, "/spec", problems);
    Set<String> tenants = new TreeSet<>(fields.list("tenants", MOST_TENANTS, Rule.text(63)));
    Map<String, Parameter> parameters = parameters(fields, problems);
    Integer priority = fields.read("priority", Rule.integer(-1_000_000, 1_000_000));
    JsonNode application = fields.required("application", OBJECT);
    fields.noOthers();
    if (application == null || problems.size() > before) {
      return Optional.empty();
    }
    var template = new JobTemplate(name, tenants, parameters, priority, application);
    template.checkPlaceholders(problems);
    return problems.size() == before ? Optional.of(template) : Optional.empty();
  }

  private static Map<String, Parameter> parameters(Fields fields, List<Problem> problems) {
    var byName = new LinkedHashMap<String, Parameter>();
    for (Parameter parameter :
        fields.list(
            "parameters", MOST_PARAMETERS, (node, at) -> Parameter.read(node, at, problems))) {
      if (byName.put(parameter.name(), parameter) != null) {
        fields.report("parameters", "has two of the name " + parameter.name());
      }
    }
    return byName;
  }

  private void checkPlaceholders(List<Problem> problems) {
    Set<String> known = known();
    Placeholders.find(
        application,
        "/spec/application",
        (pointer, placeholder) -> {
          if (placeholder == null) {
            problems.add(new Problem(pointer, "has {{ that begins no placeholder {{name}}"));
          } else if (!known.contains(placeholder)) {
            problems.add(
                new Problem(
                    pointer,
                    "has a placeholder for no parameter"
                        + Nearest.to(placeholder, known)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("")));
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
  public boolean isFor(String tenant) {
    return tenants.isEmpty() || tenants.contains(tenant);
  }

  /**
   * The spec with a request's values in it.
   *
   * @param problems where mistakes are added, by the pointer of the request's parameter
   * @return empty when there are some
   */
  public Optional<JsonNode> fill(
      JobKey job, Map<String, JsonNode> given, String pointer, List<Problem> problems) {
    var values = new HashMap<String, JsonNode>();
    for (Parameter parameter : parameters.values()) {
      value(parameter, given, pointer, problems).ifPresent(value -> put(values, parameter, value));
    }
    unknown(given, pointer, problems);
    values.put(JOB_ID, NODES.textNode(job.id()));
    values.put(TENANT, NODES.textNode(job.tenant()));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Placeholders.fill(application, values));
    } catch (Placeholders.TooLarge _) {
      problems.add(new Problem(pointer, "make a spec larger than a megabyte"));
      return Optional.empty();
    }
  }

  /**
   * Values from texts, as bucket events give them; a text that does not fit its parameter stays a
   * text and is refused when the spec is filled.
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
  public Set<String> names() {
    return parameters.keySet();
  }

  private static Optional<JsonNode> value(
      Parameter parameter, Map<String, JsonNode> given, String pointer, List<Problem> problems) {
    JsonNode value = given.get(parameter.name());
    String at = pointer + "/" + parameter.name();
    if (value == null) {
      if (parameter.required()) {
        problems.add(new Problem(at, "is missing; it must be " + parameter.rule().expected()));
      }
      return Optional.ofNullable(parameter.otherwise());
    }
    return Optional.ofNullable(Fields.item(value, at, parameter.rule(), problems));
  }

  private void unknown(Map<String, JsonNode> given, String pointer, List<Problem> problems) {
    for (String name : given.keySet()) {
      if (!parameters.containsKey(name)) {
        String hint =
            Nearest.to(name, parameters.keySet())
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", parameters.keySet()));
        problems.add(new Problem(pointer + "/" + Printable.of(name), "is no parameter; " + hint));
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
