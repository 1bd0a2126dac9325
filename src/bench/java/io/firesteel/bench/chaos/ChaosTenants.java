package io.firesteel.bench.chaos;

import io.firesteel.job.TenantLimits;
import io.firesteel.local.verify.ConcurrencyLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tenants with limits from 1 to 3; every second four of them share a cohort's limit too. */
final class ChaosTenants {

  static final String NAMESPACE = "chaos-jobs";

  private static final int IN_A_COHORT = 4;
  private static final int COHORT_LIMIT = 5;

  private final List<TenantSettings> tenants;

  ChaosTenants(int count) {
    tenants = IntStream.range(0, count).mapToObj(ChaosTenants::tenant).toList();
  }

  private static TenantSettings tenant(int number) {
    TenantSettings alone = TenantSettings.alone("tenant-" + number, 1 + number % 3);
    int group = number / IN_A_COHORT;
    return group % 2 == 1 ? alone.withCohort("cohort-" + group, COHORT_LIMIT) : alone;
  }

  /** Their settings at the start of a run. */
  List<TenantSettings> all() {
    return tenants;
  }

  List<String> names() {
    return tenants.stream().map(TenantSettings::name).toList();
  }

  /** Every tenant's and every cohort's, as long as the definitions do not change. */
  List<ConcurrencyLimit> limits() {
    List<ConcurrencyLimit> limits = new ArrayList<>();
    tenants.forEach(tenant ->
        limits.add(new ConcurrencyLimit(tenant.name(), Set.of(tenant.name()), tenant.limit())));
    tenants.stream()
        .filter(TenantSettings::sharing)
        .collect(
            Collectors.groupingBy(
                TenantSettings::cohort,
                Collectors.mapping(TenantSettings::name, Collectors.toSet())))
        .forEach((cohort, names) -> limits.add(new ConcurrencyLimit(cohort, names, COHORT_LIMIT)));
    return limits;
  }

  /** Writes them as a worker reads them, and answers the folder. */
  Path define(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder, tenants);
    return folder;
  }

  /** Replaces the definitions at once. */
  static void write(Path folder, Collection<TenantSettings> tenants) throws IOException {
    Path next = folder.resolve(".next");
    Files.writeString(
        next, tenants.stream().map(TenantSettings::document).collect(Collectors.joining()));
    Files.move(next, folder.resolve("tenants.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * What a run sets of a tenant.
   *
   * @param cohort the tenant itself if it shares no limit
   */
  record TenantSettings(String name, int limit, String cohort, int cohortLimit) {

    TenantSettings withLimit(int other) {
      return new TenantSettings(name, other, cohort, cohortLimit);
    }

    TenantSettings withCohort(String other, int otherLimit) {
      return new TenantSettings(name, limit, other, otherLimit);
    }

    boolean sharing() {
      return !cohort.equals(name);
    }

    /** The definition as a worker reads it. */
    String document() {
      String shared =
          sharing() ? ", cohort: %s, cohortMaxConcurrency: %d".formatted(cohort, cohortLimit) : "";
      return """
      ---
      apiVersion: firesteel.io/v1alpha1
      kind: Tenant
      metadata: {name: %s}
      spec: {namespace: %s, serviceAccount: spark, maxConcurrency: %d%s}
      """
          .formatted(name, NAMESPACE, limit, shared);
    }

    static TenantSettings alone(String name, int limit) {
      return new TenantSettings(name, limit, name, TenantLimits.UNLIMITED);
    }
  }
}
