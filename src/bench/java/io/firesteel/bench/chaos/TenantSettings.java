package io.firesteel.bench.chaos;

import io.firesteel.job.TenantLimits;

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
        .formatted(name, ChaosTenants.NAMESPACE, limit, shared);
  }

  static TenantSettings alone(String name, int limit) {
    return new TenantSettings(name, limit, name, TenantLimits.UNLIMITED);
  }
}
