package io.firesteel.definitions;

import io.firesteel.definitions.DefinitionDocument.Definition;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Suggestions;
import io.firesteel.json.ValidationError;
import io.firesteel.schedule.core.JobSchedule;
import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleManifest;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.Cluster;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import io.firesteel.trigger.BlobTrigger;
import io.firesteel.trigger.CompletionTrigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Merges the definitions of all files. While a file has an error, none of its definitions is
 * removed: valid documents replace their older versions, and the others stay in force. A name that
 * is defined twice keeps its definition in force, so the order of files does not matter. Pure.
 */
final class DefinitionMerger {

  /**
   * The definitions in force and their documents; the input of the next merge.
   *
   * @param documents the valid documents by file, duplicates included
   * @param inForce the documents of the definitions
   */
  record MergedDefinitions(
      Definitions definitions,
      Map<String, List<DefinitionDocument>> documents,
      Map<DefinitionDocument.Id, DefinitionDocument> inForce) {

    static final MergedDefinitions NONE =
        new MergedDefinitions(Definitions.NONE, Map.of(), Map.of());

    MergedDefinitions {
      documents = Map.copyOf(documents);
      inForce = Map.copyOf(inForce);
    }
  }

  private static final int MAX_NAMES = 10;

  private final MergedDefinitions before;
  private final List<DefinitionError> errors = new ArrayList<>();
  private final Map<String, List<DefinitionDocument>> documents = new TreeMap<>();
  private final Map<DefinitionDocument.Id, DefinitionDocument> inForce = new LinkedHashMap<>();
  private final List<Cluster> defined = new ArrayList<>();
  private Clusters clusters = Clusters.ONE;
  private final Map<String, Tenant> tenants = new TreeMap<>();
  private final Map<String, JobTemplate> templates = new TreeMap<>();
  private final Map<String, BlobTrigger> triggers = new TreeMap<>();
  private final Map<String, CompletionTrigger> completions = new TreeMap<>();
  private final List<String> looping = new ArrayList<>();
  private final Map<ScheduleKey, JobSchedule> schedules = new HashMap<>();

  private DefinitionMerger(MergedDefinitions before) {
    this.before = before;
  }

  static MergedDefinitions merge(List<DefinitionFile> files, MergedDefinitions before) {
    var merger = new DefinitionMerger(before);
    new TreeMap<>(DefinitionFileReader.readAll(files)).forEach(merger::addFile);
    merger.documents.values().stream()
        .flatMap(List::stream)
        .collect(
            Collectors.groupingBy(DefinitionDocument::id, LinkedHashMap::new, Collectors.toList()))
        .forEach(merger::choose);
    merger.cohorts();
    merger.inForce.values().forEach(merger::add);
    merger.clusters = Clusters.of(merger.defined);
    merger.inForce.values().forEach(merger::checkReferences);
    merger.completions.keySet().removeAll(merger.looping);
    var definitions =
        new Definitions(
            Tenants.of(merger.tenants.values()),
            merger.templates,
            merger.triggers,
            merger.completions,
            merger.schedules,
            merger.clusters,
            merger.errors);
    return new MergedDefinitions(definitions, merger.documents, merger.inForce);
  }

  private void addFile(String name, DefinitionFileReader.ParsedFile parsedFile) {
    var kept = new ArrayList<>(parsedFile.documents());
    if (!parsedFile.errors().isEmpty()) {
      before.documents().getOrDefault(name, List.of()).stream()
          .filter(old -> kept.stream().noneMatch(old::isSameAs))
          .forEach(kept::add);
    }
    documents.put(name, kept);
    errors.addAll(parsedFile.errors());
  }

  /** Of several candidates none is chosen; the definition in force stays. */
  private void choose(DefinitionDocument.Id id, List<DefinitionDocument> candidates) {
    DefinitionDocument last = before.inForce().get(id);
    if (candidates.size() == 1) {
      inForce.put(id, candidates.getFirst());
    } else if (last != null) {
      inForce.put(id, last);
    }
    if (candidates.size() > 1) {
      candidates.forEach(document -> errors.add(reportDuplicate(document, candidates, last)));
    }
  }

  private static DefinitionError reportDuplicate(
      DefinitionDocument document,
      List<DefinitionDocument> candidates,
      @Nullable DefinitionDocument last) {
    String others =
        candidates.stream()
            .filter(other -> !other.equals(document))
            .map(DefinitionDocument::place)
            .collect(Collectors.joining(" and at "));
    return document.error(
        new ValidationError(
            "/metadata/name",
            "%s is also the name of the %s at %s; %s until you remove one of them"
                .formatted(
                    document.name(),
                    document.kind().value(),
                    others,
                    last == null ? "neither is in force" : "the previous one stays in force")));
  }

  /** If tenants of a cohort define different limits, a changed tenant keeps its old definition. */
  private void cohorts() {
    var first = new HashMap<String, DefinitionDocument>();
    var changed = new ArrayList<DefinitionDocument>();
    for (DefinitionDocument document : List.copyOf(inForce.values())) {
      DefinitionDocument last = before.inForce().get(document.id());
      if (last != null && last.definition().equals(document.definition())) {
        join(first, document);
      } else {
        changed.add(document);
      }
    }
    changed.forEach(document -> join(first, document));
  }

  private void join(Map<String, DefinitionDocument> first, DefinitionDocument document) {
    if (!(document.definition() instanceof Definition.OfTenant(Tenant tenant))) {
      return;
    }
    DefinitionDocument other = first.putIfAbsent(tenant.cohort(), document);
    if (other == null
        || !(other.definition() instanceof Definition.OfTenant(Tenant one))
        || one.cohortMaxConcurrency() == tenant.cohortMaxConcurrency()) {
      return;
    }
    errors.add(
        document.error(
            new ValidationError(
                "/spec/cohortMaxConcurrency",
                "differs from that of tenant %s at %s in cohort %s; use one value"
                    .formatted(one.name(), other.place(), tenant.cohort()))));
    DefinitionDocument last = before.inForce().get(document.id());
    if (last == null || last.equals(document)) {
      inForce.remove(document.id());
    } else {
      inForce.put(document.id(), last);
      join(first, last);
    }
  }

  private void add(DefinitionDocument document) {
    switch (document.definition()) {
      case Definition.OfCluster(Cluster cluster) -> defined.add(cluster);
      case Definition.OfTenant(Tenant tenant) -> tenants.put(document.name(), tenant);
      case Definition.OfTemplate(JobTemplate template) -> templates.put(document.name(), template);
      case Definition.OfTrigger(BlobTrigger trigger) -> triggers.put(document.name(), trigger);
      case Definition.OfCompletion(CompletionTrigger trigger) ->
          completions.put(document.name(), trigger);
      case Definition.OfSchedule _ -> {}
    }
  }

  /** A definition with a dangling reference stays in force; its target may be defined later. */
  private void checkReferences(DefinitionDocument document) {
    switch (document.definition()) {
      case Definition.OfTenant(Tenant tenant) -> checkReferences(document, tenant);
      case Definition.OfTrigger(BlobTrigger trigger) ->
          checkReferences(document, trigger.tenant(), trigger.template(), trigger.parameters());
      case Definition.OfCompletion(CompletionTrigger trigger) -> {
        checkReferences(document, trigger.tenant(), trigger.template(), trigger.parameters());
        checkLoop(document, trigger);
      }
      case Definition.OfSchedule(ScheduleManifest manifest) -> addSchedule(document, manifest);
      case Definition.OfTemplate _, Definition.OfCluster _ -> {}
    }
  }

  /** A schedule without a tenant is not in force, because nothing of it could run. */
  private void addSchedule(DefinitionDocument document, ScheduleManifest manifest) {
    ScheduleReferences references = new ScheduleReferences(Tenants.of(tenants.values()), templates);
    List<ValidationError> found = new ArrayList<>();
    references
        .resolve(manifest, found)
        .ifPresent(schedule -> {
          if (schedules.putIfAbsent(schedule.key(), schedule) != null) {
            found.add(
                new ValidationError(
                    "/metadata/name",
                    "tenant %s has another schedule of this name; rename one of them"
                        .formatted(schedule.key().tenant())));
          }
        });
    found.forEach(error -> errors.add(document.error(error)));
  }

  private void checkReferences(DefinitionDocument document, Tenant tenant) {
    if (clusters.find(tenant.cluster()).isEmpty()) {
      errors.add(
          document.error(new ValidationError("/spec/cluster", clusters.missing(tenant.cluster()))));
    }
  }

  private void checkReferences(
      DefinitionDocument document,
      String tenant,
      String templateName,
      Map<String, String> parameters) {
    JobTemplate template = templates.get(templateName);
    if (!tenants.containsKey(tenant)) {
      errors.add(
          document.error(
              new ValidationError(
                  "/spec/tenant",
                  "refers to tenant %s, which is not defined; %s"
                      .formatted(tenant, hint(tenant, tenants.keySet())))));
    } else if (template == null || !template.allows(tenant)) {
      errors.add(
          document.error(
              new ValidationError(
                  "/spec/template",
                  "refers to template %s, which is not defined or does not allow tenant %s; %s"
                      .formatted(templateName, tenant, hint(templateName, templatesOf(tenant))))));
    } else {
      parameters.keySet().stream()
          .filter(name -> !template.parameterNames().contains(name))
          .map(name ->
              new ValidationError(
                  JsonPointers.child("/spec/parameters", name),
                  "is not a parameter of template %s; %s"
                      .formatted(template.name(), hint(name, template.parameterNames()))))
          .forEach(error -> errors.add(document.error(error)));
    }
  }

  /** A trigger that is part of a loop is not in force. */
  private void checkLoop(DefinitionDocument document, CompletionTrigger trigger) {
    List<String> loop = new CompletionLoops(completions.values()).from(trigger);
    if (!loop.isEmpty()) {
      looping.add(trigger.name());
      errors.add(
          document.error(
              new ValidationError(
                  "/spec/on",
                  "makes a loop of triggers: %s; remove one of them"
                      .formatted(String.join(", ", loop)))));
    }
  }

  private List<String> templatesOf(String tenant) {
    return templates.values().stream()
        .filter(template -> template.allows(tenant))
        .map(JobTemplate::name)
        .toList();
  }

  /** The name that was probably meant, or the known ones. */
  private static String hint(String name, Collection<String> known) {
    return Suggestions.closestTo(name, known)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(() ->
            known.isEmpty()
                ? "none is defined"
                : "defined are "
                    + known.stream().sorted().limit(MAX_NAMES).collect(Collectors.joining(", ")));
  }
}
