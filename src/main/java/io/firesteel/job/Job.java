package io.firesteel.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An accepted request, with everything that admission and the cluster side need, so that neither
 * looks anything up.
 *
 * @param cohort the tenants with which it shares limits; admission replaces that of the tenant's
 *     definition by the one that the tenant is in
 * @param origin the request
 * @param placement where its driver runs
 * @param priority higher goes first within the tenant
 * @param notBefore the earliest start; null for none
 * @param dependsOn jobs of the same tenant that must end first
 * @param labels the requester's own, carried to pods and events
 * @param spec the SparkApplication v1beta2 spec, templates filled in; secrets only as references
 * @param trigger the trigger that made the request; null if a requester published it
 * @param version the version of the object that triggered it, if its store orders versions
 * @param warnings parts of the request that have no effect
 * @param template the template that it was made from; null if the request had a spec
 */
public record Job(
    JobKey key,
    String cohort,
    Origin origin,
    Placement placement,
    int priority,
    @Nullable Instant notBefore,
    Deadlines deadlines,
    List<Dependency> dependsOn,
    RetryPolicy retry,
    Map<String, String> labels,
    JsonNode spec,
    @Nullable String trigger,
    @Nullable ObjectVersion version,
    List<Warning> warnings,
    @Nullable TemplateUse template) {

  /** A job whose request had a spec. */
  public Job(
      JobKey key,
      String cohort,
      Origin origin,
      Placement placement,
      int priority,
      @Nullable Instant notBefore,
      Deadlines deadlines,
      List<Dependency> dependsOn,
      RetryPolicy retry,
      Map<String, String> labels,
      JsonNode spec,
      @Nullable String trigger,
      @Nullable ObjectVersion version,
      List<Warning> warnings) {
    this(
        key, cohort, origin, placement, priority, notBefore, deadlines, dependsOn, retry, labels,
        spec, trigger, version, warnings, null);
  }

  public Job {
    dependsOn = List.copyOf(dependsOn);
    labels = Map.copyOf(labels);
    // Workers of an earlier release do not write it.
    warnings = List.copyOf(Objects.requireNonNullElse(warnings, List.of()));
  }

  /** The same job in another cohort. */
  public Job withCohort(String other) {
    return new Job(
        key, other, origin, placement, priority, notBefore, deadlines, dependsOn, retry, labels,
        spec, trigger, version, warnings, template);
  }
}
