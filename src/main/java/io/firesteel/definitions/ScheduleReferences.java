package io.firesteel.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Suggestions;
import io.firesteel.json.ValidationError;
import io.firesteel.schedule.core.JobSchedule;
import io.firesteel.schedule.core.RunParameters;
import io.firesteel.schedule.core.ScheduleManifest;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the tenant of a schedule, and checks its template. */
record ScheduleReferences(Tenants tenants, Map<String, JobTemplate> templates) {

  /**
   * The schedule of its tenant; empty if that is unknown. Errors in the template are added, but the
   * schedule stays in force: its template may be defined later.
   */
  Optional<JobSchedule> resolve(ScheduleManifest manifest, List<ValidationError> errors) {
    Optional<String> tenant = tenant(manifest, errors);
    Optional<JobSchedule> schedule = tenant.map(manifest::of);
    schedule.ifPresent(it -> checkTemplate(it, errors));
    return schedule;
  }

  private Optional<String> tenant(ScheduleManifest manifest, List<ValidationError> errors) {
    String named = manifest.tenant();
    if (named != null) {
      if (tenants.find(named).isPresent()) {
        return Optional.of(named);
      }
      String hint =
          Suggestions.closestTo(named, tenants.byName().keySet())
              .map(near -> "; did you mean " + near + "?")
              .orElse("");
      String at =
          manifest.schedule().filled()
              ? "/spec/tenant"
              : "/metadata/annotations/firesteel.io~1tenant";
      errors.add(
          new ValidationError(
              at, "refers to tenant %s, which is not defined%s".formatted(named, hint)));
      return Optional.empty();
    }
    String namespace = manifest.namespace() == null ? "default" : manifest.namespace();
    List<String> there =
        tenants.all().stream()
            .filter(tenant -> tenant.namespace().equals(namespace))
            .map(Tenant::name)
            .sorted()
            .toList();
    if (there.size() == 1) {
      return Optional.of(there.getFirst());
    }
    String found = there.isEmpty() ? "no tenant" : "the tenants " + String.join(", ", there);
    errors.add(
        new ValidationError(
            "/metadata/namespace",
            "%s has %s; name the tenant in the annotation firesteel.io/tenant"
                .formatted(namespace, found)));
    return Optional.empty();
  }

  private void checkTemplate(JobSchedule schedule, List<ValidationError> errors) {
    JsonNode name = schedule.request().get("template");
    if (name == null) {
      return;
    }
    JobTemplate template = templates.get(name.asText());
    if (template == null || !template.allows(schedule.key().tenant())) {
      errors.add(
          new ValidationError(
              "/spec/template",
              "refers to template %s, which is not defined or does not allow tenant %s; %s"
                  .formatted(
                      name.asText(),
                      schedule.key().tenant(),
                      Suggestions.hint(name.asText(), allowed(schedule), "defined are"))));
      return;
    }
    for (var parameter : schedule.request().path("parameters").properties()) {
      String pointer = JsonPointers.child("/spec/parameters", parameter.getKey());
      if (!template.parameterNames().contains(parameter.getKey())) {
        errors.add(
            new ValidationError(
                pointer,
                "is not a parameter of template %s; %s"
                    .formatted(
                        template.name(),
                        Suggestions.hint(
                            parameter.getKey(), template.parameterNames(), "its parameters are"))));
      } else if (RunParameters.needsPreviousSuccess(parameter.getValue())
          && template.requires(parameter.getKey())) {
        errors.add(
            new ValidationError(
                pointer,
                "uses {{previousSuccess}}, which the first run does not have; give the parameter a default in template %s"
                    .formatted(template.name())));
      }
    }
  }

  private List<String> allowed(JobSchedule schedule) {
    return templates.values().stream()
        .filter(template -> template.allows(schedule.key().tenant()))
        .map(JobTemplate::name)
        .sorted()
        .toList();
  }
}
