package io.firesteel.bench.chaos;

import io.firesteel.bench.chaos.ChaosTenants.TenantSettings;
import io.firesteel.bench.chaos.FaultSchedule.Fault;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes limits, suspends and resumes tenants, removes and adds them, and moves them to other
 * cohorts, while jobs flow. In the end every tenant is defined, resumed and has a slot, so that
 * every job can end. One thread.
 */
final class DefinitionChanges implements AutoCloseable {

  private static final int MAX_LIMIT = 4;
  private static final int MAX_COHORT_LIMIT = 7;

  private final Path folder;
  private final ChaosTenants tenants;
  private final ChaosPlan plan;
  private final FaultSchedule schedule;
  private final Random random;
  private final SimulatedJobPublisher events;
  private final Map<String, TenantSettings> defined = new TreeMap<>();
  private final Map<String, TenantSettings> removed = new TreeMap<>();
  private final Set<String> suspended = new HashSet<>();

  DefinitionChanges(
      Path folder,
      ChaosTenants tenants,
      ChaosPlan plan,
      FaultSchedule schedule,
      String bootstrapServers) {
    this.folder = folder;
    this.tenants = tenants;
    this.plan = plan;
    this.schedule = schedule;
    this.random = new Random(plan.seed() - 1);
    this.events = new SimulatedJobPublisher(bootstrapServers);
    tenants.all().forEach(tenant -> defined.put(tenant.name(), tenant));
  }

  /** Changes definitions until all faults are injected. */
  Void changeAll() throws InterruptedException, IOException {
    while (schedule.progress() < 1) {
      Thread.sleep(random.nextLong(plan.maxTimeBetweenChanges().toMillis()));
      change();
      schedule.done(Fault.DEFINITION_CHANGE);
    }
    return null;
  }

  private void change() throws IOException {
    String tenant = anyOf(defined.keySet());
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> defined.computeIfPresent(tenant, (_, old) -> old.withLimit(limit()));
      case 3 -> changeCohortLimit();
      case 4, 5 -> suspendOrResume(tenant);
      case 6, 7 -> removeOrAdd(tenant);
      default -> move(tenant);
    }
    ChaosTenants.write(folder, defined.values());
  }

  private int limit() {
    return random.nextInt(MAX_LIMIT + 1);
  }

  private void changeCohortLimit() {
    List<String> cohorts =
        defined.values().stream()
            .filter(TenantSettings::sharing)
            .map(TenantSettings::cohort)
            .distinct()
            .toList();
    if (!cohorts.isEmpty()) {
      setCohortLimit(anyOf(cohorts), 1 + random.nextInt(MAX_COHORT_LIMIT));
    }
  }

  /** Tenants that are not defined keep it too: a cohort's tenants must agree. */
  private void setCohortLimit(String cohort, int limit) {
    for (Map<String, TenantSettings> some : List.of(defined, removed)) {
      some.replaceAll(
          (_, old) -> old.cohort().equals(cohort) ? old.withCohort(cohort, limit) : old);
    }
  }

  private void suspendOrResume(String tenant) {
    boolean suspend = suspended.add(tenant);
    if (!suspend) {
      suspended.remove(tenant);
    }
    suspend(tenant, suspend);
  }

  private void suspend(String tenant, boolean suspend) {
    String id = "suspend-" + schedule.count(Fault.DEFINITION_CHANGE) + "-" + tenant;
    events.suspend(tenant, suspend, id);
    events.flush();
  }

  private void removeOrAdd(String tenant) {
    if (!removed.isEmpty() && random.nextInt(3) > 0) {
      String back = anyOf(removed.keySet());
      defined.put(back, removed.remove(back));
    } else {
      removed.put(tenant, defined.remove(tenant));
    }
  }

  /** Moves a tenant to the cohort of another one. */
  private void move(String tenant) {
    TenantSettings other = Objects.requireNonNull(defined.get(anyOf(defined.keySet())));
    if (!other.name().equals(tenant)) {
      defined.computeIfPresent(
          tenant,
          (name, old) ->
              other.sharing()
                  ? old.withCohort(other.cohort(), other.cohortLimit())
                  : TenantSettings.alone(name, old.limit()));
    }
  }

  private String anyOf(Iterable<String> names) {
    List<String> list = new ArrayList<>();
    names.forEach(list::add);
    return list.get(random.nextInt(list.size()));
  }

  /** Defines every tenant with the settings of the start. */
  void restoreAll() throws IOException {
    tenants.define(folder);
  }

  /** Resumes every tenant; to be repeated until the workers know the restored definitions. */
  void resumeAll() {
    tenants.names().forEach(tenant -> suspend(tenant, false));
  }

  @Override
  public void close() {
    events.close();
  }
}
