package io.firesteel.job;

/**
 * What admission holds a tenant to. Zero {@code maxConcurrency} stops the tenant.
 *
 * @param cohortMaxConcurrency the cohort's shared limit; the same for all its tenants
 * @param weight share of the cohort's limit beside its other tenants
 */
public record TenantLimits(
    String tenant,
    String cohort,
    int maxConcurrency,
    int maxQueued,
    int weight,
    int cohortMaxConcurrency) {

  /** Stands for "no limit" wherever a number is asked for. */
  public static final int UNLIMITED = Integer.MAX_VALUE;
}
