package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Sha256;
import io.firesteel.json.FieldReader;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Names;
import io.firesteel.json.Printable;
import io.firesteel.json.Rule;
import io.firesteel.json.Suggestions;
import io.firesteel.json.ValidationError;
import io.firesteel.template.Placeholders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Requests a job of a template for each new object that passes the filter.
 *
 * @param parameters of the template, as texts with placeholders for properties of the object
 */
public record BlobTrigger(
    String name,
    String tenant,
    String template,
    Filter filter,
    Map<String, String> parameters,
    @Nullable Integer priority) {

  private static final int MAX_PARAMETERS = 256;
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "store",
          "account",
          "bucket",
          "key",
          "name",
          "url",
          "sparkUrl",
          "size",
          "etag",
          "time",
          "event");

  public BlobTrigger {
    parameters = Map.copyOf(parameters);
  }

  /** Reads the {@code spec} of a BlobTrigger document; empty if errors were added. */
  public static Optional<BlobTrigger> read(
      String name, JsonNode spec, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(spec, "/spec", errors);
    String tenant = fields.required("tenant", Rule.text(63));
    String template = fields.required("template", Names.DNS_SUBDOMAIN);
    Filter filter = fields.object("filter", Filter::read);
    var parameters = fields.map("parameters", MAX_PARAMETERS, Names.PARAMETER, Rule.TEXT);
    Integer priority = fields.read("priority", Names.PRIORITY);
    if (fields.raw("filter") == null) {
      fields.addError("filter", "is missing; it must have at least a bucket");
    }
    fields.rejectUnknown();
    if (tenant == null || template == null || filter == null || errors.size() > before) {
      return Optional.empty();
    }
    var trigger = new BlobTrigger(name, tenant, template, filter, parameters, priority);
    trigger.checkPlaceholders(errors);
    return errors.size() == before ? Optional.of(trigger) : Optional.empty();
  }

  private void checkPlaceholders(List<ValidationError> errors) {
    Set<String> known = new TreeSet<>(PLACEHOLDERS);
    if (filter.pattern() != null) {
      known.addAll(filter.pattern().namedGroups().keySet());
    }
    parameters.forEach((parameter, text) ->
        Placeholders.find(
            TextNode.valueOf(text),
            JsonPointers.child("/spec/parameters", parameter),
            (pointer, placeholder) -> {
              if (placeholder == null || !known.contains(placeholder)) {
                errors.add(new ValidationError(pointer, unknownMessage(placeholder, known)));
              }
            }));
  }

  private static String unknownMessage(@Nullable String placeholder, Set<String> known) {
    return placeholder == null
        ? "has {{ without a complete placeholder {{name}}"
        : "uses {{%s}}, which is not defined; %s"
            .formatted(
                Printable.of(placeholder, 100),
                Suggestions.hint(placeholder, known, "defined are"));
  }

  /** The job for an object; empty if the object does not pass the filter. */
  public Optional<TriggeredJob> match(ObjectCreated object) {
    return filter.match(object).map(groups -> triggeredJob(object, groups));
  }

  /** The field of the filter that an object does not pass; empty if it passes. */
  public Optional<String> mismatch(ObjectCreated object) {
    return filter.mismatch(object);
  }

  private TriggeredJob triggeredJob(ObjectCreated object, Map<String, String> groups) {
    Map<String, String> properties = placeholderValues(object);
    properties.putAll(groups);
    var values = new HashMap<String, String>();
    var errors = new ArrayList<ValidationError>();
    parameters.forEach((parameter, text) ->
        Placeholders.fillText(text, properties)
            .ifPresentOrElse(
                value -> values.put(parameter, value),
                () ->
                    errors.add(
                        new ValidationError(
                            JsonPointers.child("/parameters", parameter),
                            "cannot be filled; the notification lacks a value for " + text))));
    return new TriggeredJob(this, jobId(object), values, version(object), errors);
  }

  /** Each trigger has versions of its own, because another trigger may not match all of them. */
  private @Nullable ObjectVersion version(ObjectCreated object) {
    String order = object.sortableSequencer();
    return order == null ? null : new ObjectVersion(name + "/" + object.identity(), order);
  }

  private static Map<String, String> placeholderValues(ObjectCreated object) {
    var properties = new HashMap<String, String>();
    properties.put("store", object.store().value());
    properties.put("account", object.account());
    properties.put("bucket", object.bucket());
    properties.put("key", object.key());
    properties.put("name", object.name());
    properties.put("url", object.url());
    properties.put("sparkUrl", object.sparkUrl());
    properties.put("event", object.event());
    put(properties, "size", object.size());
    put(properties, "etag", object.etag());
    put(properties, "time", object.time());
    return properties;
  }

  private static void put(Map<String, String> properties, String name, @Nullable Object value) {
    if (value != null) {
      properties.put(name, value.toString());
    }
  }

  /** The same for every notification of the same version of an object. */
  private String jobId(ObjectCreated object) {
    String digest = Sha256.of(String.join("\0", name, object.identity(), object.version()));
    return name.substring(0, Math.min(100, name.length())) + "-" + digest.substring(0, 20);
  }

  /**
   * A job that a trigger requests.
   *
   * @param version of the object, if the store gives versions an order
   * @param errors why the job cannot be requested
   */
  public record TriggeredJob(
      BlobTrigger trigger,
      String jobId,
      Map<String, String> parameters,
      @Nullable ObjectVersion version,
      List<ValidationError> errors) {

    public TriggeredJob {
      parameters = Map.copyOf(parameters);
      errors = List.copyOf(errors);
    }
  }
}
