package io.firesteel.definitions;

import io.firesteel.json.ValidationError;
import io.firesteel.schedule.core.JobSchedule;
import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleManifest;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenants;
import io.firesteel.trigger.BlobTrigger;
import io.firesteel.trigger.CompletionTrigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The definitions in force, and the errors in the others. Immutable.
 *
 * @param errors in documents that are missing here, or present in their last valid version
 */
public record Definitions(
    Tenants tenants,
    Map<String, JobTemplate> templates,
    Map<String, BlobTrigger> triggers,
    Map<String, CompletionTrigger> completionTriggers,
    Map<ScheduleKey, JobSchedule> schedules,
    Clusters clusters,
    List<DefinitionError> errors) {

  public static final Definitions NONE =
      new Definitions(Tenants.NONE, Map.of(), Map.of(), Map.of(), Clusters.ONE, List.of());

  /** Definitions without completion triggers. */
  public Definitions(
      Tenants tenants,
      Map<String, JobTemplate> templates,
      Map<String, BlobTrigger> triggers,
      Map<ScheduleKey, JobSchedule> schedules,
      Clusters clusters,
      List<DefinitionError> errors) {
    this(tenants, templates, triggers, Map.of(), schedules, clusters, errors);
  }

  public Definitions {
    completionTriggers = Map.copyOf(completionTriggers);
    templates = Map.copyOf(templates);
    triggers = Map.copyOf(triggers);
    schedules = Map.copyOf(schedules);
    errors = List.copyOf(errors);
  }

  /** The schedule of a manifest that an event brings; empty if errors were added. */
  public Optional<JobSchedule> resolve(ScheduleManifest manifest, List<ValidationError> found) {
    return new ScheduleReferences(tenants, templates).resolve(manifest, found);
  }
}
