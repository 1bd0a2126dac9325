package io.firesteel.definitions;

import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenants;
import io.firesteel.trigger.BlobTrigger;
import java.util.List;
import java.util.Map;

/**
 * The definitions in force, and the errors in the others. Immutable.
 *
 * @param errors in documents that are missing here, or present in their last valid version
 */
public record Definitions(
    Tenants tenants,
    Map<String, JobTemplate> templates,
    Map<String, BlobTrigger> triggers,
    Clusters clusters,
    List<DefinitionError> errors) {

  public static final Definitions NONE =
      new Definitions(Tenants.NONE, Map.of(), Map.of(), Clusters.ONE, List.of());

  public Definitions {
    templates = Map.copyOf(templates);
    triggers = Map.copyOf(triggers);
    errors = List.copyOf(errors);
  }
}
