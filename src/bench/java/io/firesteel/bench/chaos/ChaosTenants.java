package io.firesteel.bench.chaos;

import io.firesteel.local.verify.ConcurrencyLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tenants with limits from 1 to 3; every second four of them share a cohort's limit too. */
final class ChaosTenants {

  static final String NAMESPACE = "chaos-jobs";

  private static final int IN_A_COHORT = 4;
  private static final int COHORT_LIMIT = 5;

  private final int count;

  ChaosTenants(int count) {
    this.count = count;
  }

  List<String> names() {
    return IntStream.range(0, count).mapToObj(ChaosTenants::name).toList();
  }

  private static String name(int tenant) {
    return "tenant-" + tenant;
  }

  private static int limit(int tenant) {
    return 1 + tenant % 3;
  }

  private static int cohort(int tenant) {
    return tenant / IN_A_COHORT;
  }

  private static boolean sharing(int tenant) {
    return cohort(tenant) % 2 == 1;
  }

  /** Every tenant's and every cohort's. */
  List<ConcurrencyLimit> limits() {
    List<ConcurrencyLimit> limits = new ArrayList<>();
    for (int tenant = 0; tenant < count; tenant++) {
      limits.add(new ConcurrencyLimit(name(tenant), Set.of(name(tenant)), limit(tenant)));
    }
    IntStream.range(0, count)
        .filter(ChaosTenants::sharing)
        .boxed()
        .collect(
            Collectors.groupingBy(
                ChaosTenants::cohort, Collectors.mapping(ChaosTenants::name, Collectors.toSet())))
        .forEach((cohort, names) ->
            limits.add(new ConcurrencyLimit("cohort-" + cohort, names, COHORT_LIMIT)));
    return limits;
  }

  /** Writes them as a worker reads them, and answers the folder. */
  Path define(Path folder) throws IOException {
    Files.createDirectories(folder);
    String documents =
        IntStream.range(0, count).mapToObj(ChaosTenants::document).collect(Collectors.joining());
    Files.writeString(folder.resolve("tenants.yaml"), documents);
    return folder;
  }

  private static String document(int tenant) {
    String shared =
        sharing(tenant)
            ? ", cohort: cohort-%d, cohortMaxConcurrency: %d"
                .formatted(cohort(tenant), COHORT_LIMIT)
            : "";
    return """
    ---
    apiVersion: firesteel.io/v1alpha1
    kind: Tenant
    metadata: {name: %s}
    spec: {namespace: %s, serviceAccount: spark, maxConcurrency: %d%s}
    """
        .formatted(name(tenant), NAMESPACE, limit(tenant), shared);
  }
}
