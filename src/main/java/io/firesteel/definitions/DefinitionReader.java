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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the definitions of all files together. While a file has a mistake, nothing of it that was in
 * force goes away: good documents of the file replace their older versions, all others stay as they
 * were. Pure.
 */
final class DefinitionReader {

  /**
   * What is in force, with where it comes from.
   *
   * @param entries by file; the start of the next reading
   */
  record Reading(Definitions definitions, Map<String, List<Entry>> entries) {

    /** Before anything was read. */
    static final Reading NONE = new Reading(Definitions.NONE, Map.of());

    Reading {
      entries = Map.copyOf(entries);
    }
  }

  private final Reading before;
  private final ClusterNames clusters;
  private final List<Flaw> flaws = new ArrayList<>();
  private final Map<String, List<Entry>> entries = new TreeMap<>();
  private final Map<String, Tenant> tenants = new TreeMap<>();
  private final Map<String, JobTemplate> templates = new TreeMap<>();
  private final Map<String, BlobTrigger> triggers = new TreeMap<>();
  private final Map<String, Tenant> cohorts = new HashMap<>();

  private DefinitionReader(Reading before, ClusterNames clusters) {
    this.before = before;
    this.clusters = clusters;
  }

  /** Reads anew. */
  static Reading read(List<DefinitionFile> files, Reading before, ClusterNames clusters) {
    var reader = new DefinitionReader(before, clusters);
    new TreeMap<>(FileReader.readAll(files)).forEach(reader::file);
    reader.entries.values().stream().flatMap(List::stream).forEach(reader::add);
    reader.entries.values().stream().flatMap(List::stream).forEach(reader::checkLinks);
    var definitions =
        new Definitions(
            Tenants.of(reader.tenants.values()), reader.templates, reader.triggers, reader.flaws);
    return new Reading(definitions, reader.entries);
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

  private void add(Entry entry) {
    switch (entry.definition()) {
      case Definition.OfTenant(Tenant tenant) -> add(entry, tenant);
      case Definition.OfTemplate(JobTemplate template) -> {
        if (templates.putIfAbsent(entry.name(), template) != null) {
          twice(entry);
        }
      }
      case Definition.OfTrigger(BlobTrigger trigger) -> {
        if (triggers.putIfAbsent(entry.name(), trigger) != null) {
          twice(entry);
        }
      }
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

  private void add(Entry entry, Tenant tenant) {
    Tenant other = cohorts.putIfAbsent(tenant.cohort(), tenant);
    if (other != null && other.cohortMaxConcurrency() != tenant.cohortMaxConcurrency()) {
      flaws.add(
          entry.flaw(
              new Problem(
                  "/spec/cohortMaxConcurrency",
                  "is another than that of tenant %s, which shares the cohort %s"
                      .formatted(other.name(), tenant.cohort()))));
    } else if (tenants.putIfAbsent(tenant.name(), tenant) != null) {
      twice(entry);
    }
  }

  private void twice(Entry entry) {
    flaws.add(
        entry.flaw(
            new Problem(
                "/metadata/name",
                "is the name of another %s; the first one is in force"
                    .formatted(entry.kind().word()))));
  }
}
