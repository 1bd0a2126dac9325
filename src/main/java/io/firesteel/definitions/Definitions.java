package io.firesteel.definitions;

import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Tenants;
import io.firesteel.trigger.BlobTrigger;
import java.util.List;
import java.util.Map;

/**
 * Everything that is defined at one moment, and what is wrong with the rest. Immutable.
 *
 * @param errors mistakes in documents that are therefore not part of this, or only as they last
 *     were
 */
public record Definitions(
    Tenants tenants,
    Map<String, JobTemplate> templates,
    Map<String, BlobTrigger> triggers,
    List<DefinitionError> errors) {

  /** Nothing is defined. */
  public static final Definitions NONE =
      new Definitions(Tenants.NONE, Map.of(), Map.of(), List.of());

  public Definitions {
    templates = Map.copyOf(templates);
    triggers = Map.copyOf(triggers);
    errors = List.copyOf(errors);
  }
}
