package io.firesteel.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
import io.firesteel.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the payload of a job request, strictly. Pure. */
final class RequestReader {

  private RequestReader() {}

  /** The request, and in the list every mistake in it; after a mistake its field is absent. */
  static Request read(Envelope envelope, List<Problem> problems) {
    var fields = Fields.of(envelope.data(), envelope.pointer(), problems);
    if (envelope.plain()) {
      fields.ignore(PlainJson.FIELDS);
    }
    if (envelope.data().has("apiVersion") || envelope.data().has("kind")) {
      return ManifestReader.read(fields, problems);
    }
    Request request = payload(fields, problems);
    fields.noOthers();
    return request;
  }

  private static Request payload(Fields fields, List<Problem> problems) {
    Request request =
        new Request(
            fields.read("jobId", RequestRules.JOB_ID),
            fields.read("tenant", Tenant.NAME),
            null,
            fields.read("priority", RequestRules.PRIORITY),
            fields.read("notBefore", Rule.TIMESTAMP),
            deadlines(fields),
            dependsOn(fields, problems),
            fields.map(
                "labels",
                RequestRules.MOST_LABELS,
                RequestRules.LABEL_NAME,
                RequestRules.LABEL_VALUE),
            correlation(fields),
            fields.read("spec", RequestRules.OBJECT),
            fields.read("template", RequestRules.TEMPLATE),
            fields.map(
                "parameters",
                RequestRules.MOST_PARAMETERS,
                RequestRules.PARAMETER_NAME,
                RequestRules.ANYTHING));
    what(fields, problems);
    return request;
  }

  private static @Nullable JsonNode correlation(Fields request) {
    JsonNode correlation = request.any("correlation");
    Optional<String> tooLarge =
        Optional.ofNullable(correlation).flatMap(JobSize::correlationTooLarge);
    tooLarge.ifPresent(text -> request.report("correlation", text));
    return tooLarge.isPresent() ? null : correlation;
  }

  /** Exactly one of spec and template, and parameters only with a template. */
  private static void what(Fields fields, List<Problem> problems) {
    boolean spec = fields.any("spec") != null;
    boolean template = fields.any("template") != null;
    if (spec == template) {
      problems.add(
          new Problem(
              fields.pointer(),
              "must have either spec or template" + (spec ? ", not both" : "; it has neither")));
    }
    if (fields.any("parameters") != null && !template) {
      fields.report("parameters", "have a meaning only beside a template");
    }
  }

  private static Deadlines deadlines(Fields request) {
    Deadlines deadlines =
        request.object(
            "deadline",
            fields -> {
              var read =
                  new Deadlines(
                      fields.read("startBy", Rule.TIMESTAMP),
                      fields.read("startWithin", Rule.DURATION),
                      fields.read("runWithin", Rule.DURATION),
                      fields.read("finishBy", Rule.TIMESTAMP));
              fields.noOthers();
              return read;
            });
    return deadlines == null ? Deadlines.NONE : deadlines;
  }

  private static List<Dependency> dependsOn(Fields request, List<Problem> problems) {
    return request.list(
        "dependsOn",
        RequestRules.MOST_DEPENDENCIES,
        (item, pointer) -> dependency(item, pointer, problems));
  }

  /** A job id alone means its success. */
  private static @Nullable Dependency dependency(
      JsonNode item, String pointer, List<Problem> problems) {
    if (item.isTextual()) {
      String id = Fields.item(item, pointer, RequestRules.JOB_ID, problems);
      return id == null ? null : new Dependency(id, Dependency.Condition.SUCCESS);
    }
    if (!item.isObject()) {
      String kind = Fields.kindOf(item);
      problems.add(new Problem(pointer, "must be a job id or an object with one, is " + kind));
      return null;
    }
    var fields = Fields.of(item, pointer, problems);
    String id = fields.required("jobId", RequestRules.JOB_ID);
    var condition = fields.read("condition", RequestRules.CONDITION);
    fields.noOthers();
    return id == null
        ? null
        : new Dependency(id, condition == null ? Dependency.Condition.SUCCESS : condition);
  }
}
