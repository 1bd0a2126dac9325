package io.firesteel.trigger;

import io.firesteel.json.Names;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.job.ObjectVersion;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.Suggestions;
import io.firesteel.json.ValidationError;
import io.firesteel.template.Placeholders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Starts a job of a template for each object that arrives and passes the filter.
 *
 * @param parameters of the template, as texts with placeholders for what is known of the object
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

  /** Reads the {@code spec} of a BlobTrigger document; empty when a mistake was added. */
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
      fields.addError("filter", "is missing; it must name at least a bucket");
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
            "/spec/parameters/" + parameter,
            (pointer, placeholder) -> {
              if (placeholder == null || !known.contains(placeholder)) {
                errors.add(new ValidationError(pointer, unknown(placeholder, known)));
              }
            }));
  }

  private static String unknown(@Nullable String placeholder, Set<String> known) {
    return placeholder == null
        ? "has {{ that begins no placeholder {{name}}"
        : Suggestions.closestTo(placeholder, known)
            .map(near -> "has an unknown placeholder; did you mean " + near + "?")
            .orElse("has an unknown placeholder; known are " + String.join(", ", known));
  }

  /** What it makes of an object; empty when the object is not for it. */
  public Optional<TriggeredJob> match(ObjectCreated object) {
    return filter.match(object).map(groups -> triggeredJob(object, groups));
  }

  private TriggeredJob triggeredJob(ObjectCreated object, Map<String, String> groups) {
    Map<String, String> facts = placeholderValues(object);
    facts.putAll(groups);
    var values = new HashMap<String, String>();
    var errors = new ArrayList<ValidationError>();
    parameters.forEach((parameter, text) ->
        Placeholders.fillText(text, facts)
            .ifPresentOrElse(
                value -> values.put(parameter, value),
                () ->
                    errors.add(
                        new ValidationError(
                            "/parameters/" + parameter,
                            "needs what the notification does not tell"))));
    return new TriggeredJob(this, jobId(object), values, version(object), errors);
  }

  /** Triggers do not share a memory: what one of them lets pass another may not. */
  private @Nullable ObjectVersion version(ObjectCreated object) {
    String order = object.sortableSequencer();
    return order == null ? null : new ObjectVersion(name + "/" + object.identity(), order);
  }

  private static Map<String, String> placeholderValues(ObjectCreated object) {
    var facts = new HashMap<String, String>();
    facts.put("store", object.store().value());
    facts.put("account", object.account());
    facts.put("bucket", object.bucket());
    facts.put("key", object.key());
    facts.put("name", object.name());
    facts.put("url", object.url());
    facts.put("sparkUrl", object.sparkUrl());
    facts.put("event", object.event());
    put(facts, "size", object.size());
    put(facts, "etag", object.etag());
    put(facts, "time", object.time());
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable Object value) {
    if (value != null) {
      facts.put(name, value.toString());
    }
  }

  /** The same for the same version of an object, however often and by whatever way it is told. */
  private String jobId(ObjectCreated object) {
    try {
      String identity = String.join("\0", name, object.identity(), object.version());
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return name.substring(0, Math.min(100, name.length()))
          + "-"
          + HexFormat.of().formatHex(digest).substring(0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * One job that a trigger asks for.
   *
   * @param version the writing of the object, where the store tells their order
   * @param errors why it cannot
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
