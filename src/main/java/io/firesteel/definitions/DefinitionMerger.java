package io.firesteel.definitions;

import io.firesteel.json.JsonPointers;
import io.firesteel.definitions.DefinitionDocument.Definition;
import io.firesteel.json.ValidationError;
import io.firesteel.template.JobTemplate;
import io.firesteel.tenant.ClusterNames;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import io.firesteel.trigger.BlobTrigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the definitions of all files together. While a file has a mistake, nothing of it that was in
 * force goes away: good documents of the file replace their older versions, all others stay as they
 * were. A name that is defined twice stays as it was too, so the order of files never matters once
 * something is in force. Pure.
 */
final class DefinitionMerger {

  /**
   * What is in force, with where it comes from; the start of the next reading.
   *
   * @param documents the good documents by file, of two with one name both
   * @param inForce those of which the definitions are made
   */
  record MergedDefinitions(
      Definitions definitions,
      Map<String, List<DefinitionDocument>> documents,
      Map<DefinitionDocument.Id, DefinitionDocument> inForce) {

    /** Before anything was read. */
    static final MergedDefinitions NONE =
        new MergedDefinitions(Definitions.NONE, Map.of(), Map.of());

    MergedDefinitions {
      documents = Map.copyOf(documents);
      inForce = Map.copyOf(inForce);
    }
  }

  private final MergedDefinitions before;
  private final ClusterNames clusters;
  private final List<DefinitionError> errors = new ArrayList<>();
  private final Map<String, List<DefinitionDocument>> documents = new TreeMap<>();
  private final Map<DefinitionDocument.Id, DefinitionDocument> inForce = new LinkedHashMap<>();
  private final Map<String, Tenant> tenants = new TreeMap<>();
  private final Map<String, JobTemplate> templates = new TreeMap<>();
  private final Map<String, BlobTrigger> triggers = new TreeMap<>();

  private DefinitionMerger(MergedDefinitions before, ClusterNames clusters) {
    this.before = before;
    this.clusters = clusters;
  }

  /** Reads anew. */
  static MergedDefinitions merge(
      List<DefinitionFile> files, MergedDefinitions before, ClusterNames clusters) {
    var reader = new DefinitionMerger(before, clusters);
    new TreeMap<>(DefinitionFileReader.readAll(files)).forEach(reader::addFile);
    reader.documents.values().stream()
        .flatMap(List::stream)
        .collect(
            Collectors.groupingBy(DefinitionDocument::id, LinkedHashMap::new, Collectors.toList()))
        .forEach(reader::choose);
    reader.cohorts();
    reader.inForce.values().forEach(reader::add);
    reader.inForce.values().forEach(reader::checkReferences);
    var definitions =
        new Definitions(
            Tenants.of(reader.tenants.values()), reader.templates, reader.triggers, reader.errors);
    return new MergedDefinitions(definitions, reader.documents, reader.inForce);
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

  /** Of several nobody knows which is meant, so what was in force stays. */
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
            "is the name of the %s at %s too; until one of them goes, %s"
                .formatted(
                    document.kind().value(),
                    others,
                    last == null ? "none is in force" : "what was in force before stays")));
  }

  /** Of tenants that disagree on their cohort's limit, those that have changed step back. */
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
                "is another than that of tenant %s at %s, which shares the cohort %s"
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
      case Definition.OfTenant(Tenant tenant) -> tenants.put(document.name(), tenant);
      case Definition.OfTemplate(JobTemplate template) -> templates.put(document.name(), template);
      case Definition.OfTrigger(BlobTrigger trigger) -> triggers.put(document.name(), trigger);
    }
  }

  /** What leads nowhere stays in force, for what it names may still come. */
  private void checkReferences(DefinitionDocument document) {
    switch (document.definition()) {
      case Definition.OfTenant(Tenant tenant) -> checkReferences(document, tenant);
      case Definition.OfTrigger(BlobTrigger trigger) -> checkReferences(document, trigger);
      case Definition.OfTemplate _ -> {}
    }
  }

  private void checkReferences(DefinitionDocument document, Tenant tenant) {
    if (clusters.find(tenant.cluster()).isEmpty()) {
      errors.add(
          document.error(new ValidationError("/spec/cluster", clusters.missing(tenant.cluster()))));
    }
  }

  private void checkReferences(DefinitionDocument document, BlobTrigger trigger) {
    JobTemplate template = templates.get(trigger.template());
    if (!tenants.containsKey(trigger.tenant())) {
      errors.add(
          document.error(new ValidationError("/spec/tenant", "names no tenant that is defined")));
    } else if (template == null || !template.allows(trigger.tenant())) {
      errors.add(
          document.error(new ValidationError("/spec/template", "names no template of the tenant")));
    } else {
      trigger.parameters().keySet().stream()
          .filter(name -> !template.parameterNames().contains(name))
          .map(name ->
              new ValidationError(
                  JsonPointers.child("/spec/parameters", name),
                  "is not a parameter of the template"))
          .forEach(error -> errors.add(document.error(error)));
    }
  }
}
