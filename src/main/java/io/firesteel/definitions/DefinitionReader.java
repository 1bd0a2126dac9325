package io.firesteel.definitions;

import io.firesteel.cluster.ClusterNames;
import io.firesteel.definitions.Entry.Definition;
import io.firesteel.json.Problem;
import io.firesteel.template.JobTemplate;
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
final class DefinitionReader {

  /**
   * What is in force, with where it comes from; the start of the next reading.
   *
   * @param entries the good documents by file, of two with one name both
   * @param inForce those of which the definitions are made
   */
  record Reading(
      Definitions definitions, Map<String, List<Entry>> entries, Map<Entry.Id, Entry> inForce) {

    /** Before anything was read. */
    static final Reading NONE = new Reading(Definitions.NONE, Map.of(), Map.of());

    Reading {
      entries = Map.copyOf(entries);
      inForce = Map.copyOf(inForce);
    }
  }

  private final Reading before;
  private final ClusterNames clusters;
  private final List<Flaw> flaws = new ArrayList<>();
  private final Map<String, List<Entry>> entries = new TreeMap<>();
  private final Map<Entry.Id, Entry> inForce = new LinkedHashMap<>();
  private final Map<String, Tenant> tenants = new TreeMap<>();
  private final Map<String, JobTemplate> templates = new TreeMap<>();
  private final Map<String, BlobTrigger> triggers = new TreeMap<>();

  private DefinitionReader(Reading before, ClusterNames clusters) {
    this.before = before;
    this.clusters = clusters;
  }

  /** Reads anew. */
  static Reading read(List<DefinitionFile> files, Reading before, ClusterNames clusters) {
    var reader = new DefinitionReader(before, clusters);
    new TreeMap<>(FileReader.readAll(files)).forEach(reader::file);
    reader.entries.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.groupingBy(Entry::id, LinkedHashMap::new, Collectors.toList()))
        .forEach(reader::choose);
    reader.cohorts();
    reader.inForce.values().forEach(reader::add);
    reader.inForce.values().forEach(reader::checkLinks);
    var definitions =
        new Definitions(
            Tenants.of(reader.tenants.values()), reader.templates, reader.triggers, reader.flaws);
    return new Reading(definitions, reader.entries, reader.inForce);
  }

  private void file(String name, FileReader.Contents contents) {
    var kept = new ArrayList<>(contents.entries());
    if (!contents.flaws().isEmpty()) {
      before.entries().getOrDefault(name, List.of()).stream()
          .filter(old -> kept.stream().noneMatch(old::isSameAs))
          .forEach(kept::add);
    }
    entries.put(name, kept);
    flaws.addAll(contents.flaws());
  }

  /** Of several nobody knows which is meant, so what was in force stays. */
  private void choose(Entry.Id id, List<Entry> candidates) {
    Entry last = before.inForce().get(id);
    if (candidates.size() == 1) {
      inForce.put(id, candidates.getFirst());
    } else if (last != null) {
      inForce.put(id, last);
    }
    if (candidates.size() > 1) {
      candidates.forEach(entry -> flaws.add(twice(entry, candidates, last)));
    }
  }

  private static Flaw twice(Entry entry, List<Entry> candidates, @Nullable Entry last) {
    String others =
        candidates.stream()
            .filter(other -> !other.equals(entry))
            .map(Entry::place)
            .collect(Collectors.joining(" and at "));
    return entry.flaw(
        new Problem(
            "/metadata/name",
            "is the name of the %s at %s too; until one of them goes, %s"
                .formatted(
                    entry.kind().word(),
                    others,
                    last == null ? "none is in force" : "what was in force before stays")));
  }

  /** Of tenants that disagree on their cohort's limit, those that have changed step back. */
  private void cohorts() {
    var first = new HashMap<String, Entry>();
    var changed = new ArrayList<Entry>();
    for (Entry entry : List.copyOf(inForce.values())) {
      Entry last = before.inForce().get(entry.id());
      if (last != null && last.definition().equals(entry.definition())) {
        join(first, entry);
      } else {
        changed.add(entry);
      }
    }
    changed.forEach(entry -> join(first, entry));
  }

  private void join(Map<String, Entry> first, Entry entry) {
    if (!(entry.definition() instanceof Definition.OfTenant(Tenant tenant))) {
      return;
    }
    Entry other = first.putIfAbsent(tenant.cohort(), entry);
    if (other == null
        || !(other.definition() instanceof Definition.OfTenant(Tenant one))
        || one.cohortMaxConcurrency() == tenant.cohortMaxConcurrency()) {
      return;
    }
    flaws.add(
        entry.flaw(
            new Problem(
                "/spec/cohortMaxConcurrency",
                "is another than that of tenant %s at %s, which shares the cohort %s"
                    .formatted(one.name(), other.place(), tenant.cohort()))));
    Entry last = before.inForce().get(entry.id());
    if (last == null || last.equals(entry)) {
      inForce.remove(entry.id());
    } else {
      inForce.put(entry.id(), last);
      join(first, last);
    }
  }

  private void add(Entry entry) {
    switch (entry.definition()) {
      case Definition.OfTenant(Tenant tenant) -> tenants.put(entry.name(), tenant);
      case Definition.OfTemplate(JobTemplate template) -> templates.put(entry.name(), template);
      case Definition.OfTrigger(BlobTrigger trigger) -> triggers.put(entry.name(), trigger);
    }
  }

  /** What leads nowhere stays in force, for what it names may still come. */
  private void checkLinks(Entry entry) {
    switch (entry.definition()) {
      case Definition.OfTenant(Tenant tenant) -> checkLinks(entry, tenant);
      case Definition.OfTrigger(BlobTrigger trigger) -> checkLinks(entry, trigger);
      case Definition.OfTemplate _ -> {}
    }
  }

  private void checkLinks(Entry entry, Tenant tenant) {
    if (clusters.find(tenant.cluster()).isEmpty()) {
      flaws.add(entry.flaw(new Problem("/spec/cluster", clusters.missing(tenant.cluster()))));
    }
  }

  private void checkLinks(Entry entry, BlobTrigger trigger) {
    JobTemplate template = templates.get(trigger.template());
    if (!tenants.containsKey(trigger.tenant())) {
      flaws.add(entry.flaw(new Problem("/spec/tenant", "names no tenant that is defined")));
    } else if (template == null || !template.isFor(trigger.tenant())) {
      flaws.add(entry.flaw(new Problem("/spec/template", "names no template of the tenant")));
    } else {
      trigger.parameters().keySet().stream()
          .filter(name -> !template.names().contains(name))
          .map(name -> new Problem("/spec/parameters/" + name, "is no parameter of the template"))
          .forEach(problem -> flaws.add(entry.flaw(problem)));
    }
  }
}
