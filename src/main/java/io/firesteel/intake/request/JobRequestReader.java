package io.firesteel.intake.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the payload of a job request, strictly. Pure. */
public final class JobRequestReader {

  private JobRequestReader() {}

  /** Reads the request and adds its errors; an invalid field is absent. */
  public static JobRequest read(Envelope envelope, List<ValidationError> errors) {
    var fields = FieldReader.of(envelope.data(), envelope.pointer(), errors);
    if (envelope.plain()) {
      fields.ignore(Envelope.PLAIN_FIELDS);
    }
    if (envelope.data().has("apiVersion") || envelope.data().has("kind")) {
      return ManifestReader.read(fields, errors);
    }
    JobRequest request = payload(fields, errors);
    fields.rejectUnknown();
    return request;
  }

  private static JobRequest payload(FieldReader fields, List<ValidationError> errors) {
    JobRequest request =
        new JobRequest(
            fields.read("jobId", RequestRules.JOB_ID),
            null,
            fields.read("tenant", Names.DNS_LABEL),
            null,
            fields.read("priority", Names.PRIORITY),
            fields.read("notBefore", Rule.TIMESTAMP),
            deadlines(fields),
            dependsOn(fields, errors),
            fields.map(
                "labels",
                RequestRules.MAX_LABELS,
                RequestRules.LABEL_NAME,
                RequestRules.LABEL_VALUE),
            correlation(fields),
            fields.read("spec", Names.OBJECT),
            fields.read("template", Names.DNS_SUBDOMAIN),
            fields.map("parameters", RequestRules.MAX_PARAMETERS, Names.PARAMETER, Names.ANY));
    checkSpecOrTemplate(fields, errors);
    return request;
  }

  private static @Nullable JsonNode correlation(FieldReader request) {
    JsonNode correlation = request.raw("correlation");
    Optional<String> tooLarge =
        Optional.ofNullable(correlation).flatMap(MaxJobSize::correlationTooLarge);
    tooLarge.ifPresent(text -> request.addError("correlation", text));
    return tooLarge.isPresent() ? null : correlation;
  }

  /** Exactly one of spec and template, and parameters only with a template. */
  private static void checkSpecOrTemplate(FieldReader fields, List<ValidationError> errors) {
    boolean spec = fields.raw("spec") != null;
    boolean template = fields.raw("template") != null;
    if (spec == template) {
      errors.add(
          new ValidationError(
              fields.pointer(),
              "must have either spec or template, has " + (spec ? "both" : "neither")));
    }
    if (fields.raw("parameters") != null && !template) {
      fields.addError("parameters", "are allowed only with template");
    }
  }

  private static Deadlines deadlines(FieldReader request) {
    Deadlines deadlines =
        request.object(
            "deadline",
            fields -> {
              var given =
                  new Deadlines(
                      fields.read("startBy", Rule.TIMESTAMP),
                      fields.read("startWithin", Rule.DURATION),
                      fields.read("runWithin", Rule.DURATION),
                      fields.read("finishBy", Rule.TIMESTAMP));
              fields.rejectUnknown();
              return given;
            });
    return deadlines == null ? Deadlines.NONE : deadlines;
  }

  private static List<Dependency> dependsOn(FieldReader request, List<ValidationError> errors) {
    return request.list(
        "dependsOn",
        RequestRules.MAX_DEPENDENCIES,
        (item, pointer) -> dependency(item, pointer, errors));
  }

  /** A plain job id requires its success. */
  private static @Nullable Dependency dependency(
      JsonNode item, String pointer, List<ValidationError> errors) {
    if (item.isTextual()) {
      String id = FieldReader.value(item, pointer, RequestRules.JOB_ID, errors);
      return id == null ? null : new Dependency(id, Dependency.Condition.SUCCESS);
    }
    if (!item.isObject()) {
      String type = FieldReader.typeOf(item);
      errors.add(
          new ValidationError(pointer, "must be a job id or an object with jobId, is " + type));
      return null;
    }
    var fields = FieldReader.of(item, pointer, errors);
    String id = fields.required("jobId", RequestRules.JOB_ID);
    var condition = fields.read("condition", RequestRules.CONDITION);
    fields.rejectUnknown();
    return id == null
        ? null
        : new Dependency(id, condition == null ? Dependency.Condition.SUCCESS : condition);
  }
}
