package io.firesteel.job;

/**
 * The limits of a tenant. A {@code maxConcurrency} of 0 stops the tenant.
 *
 * @param cohortMaxConcurrency the cohort's shared limit; the same for all its tenants
 * @param weight weight of its share in the cohort's limit
 */
public record TenantLimits(
    String tenant,
    String cohort,
    int maxConcurrency,
    int maxQueued,
    int weight,
    int cohortMaxConcurrency) {

  /** No limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;
}
