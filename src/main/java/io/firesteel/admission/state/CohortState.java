package io.firesteel.admission.state;

import io.firesteel.job.TenantLimits;

/**
 * Tenants that share slots.
 *
 * @param max slots of all its tenants together
 * @param used slots taken
 * @param pass the {@link TenantState#pass} of the tenant served last
 */
public record CohortState(String name, int max, int used, long pass) {

  public static CohortState unlimited(String name) {
    return new CohortState(name, TenantLimits.UNLIMITED, 0, 0);
  }

  public boolean hasFreeSlot() {
    return used < max;
  }

  public CohortState withLimit(int max) {
    return new CohortState(name, Math.max(0, max), used, pass);
  }

  public CohortState addUsed(int usedMore) {
    return new CohortState(name, max, used + usedMore, pass);
  }

  public CohortState served(long pass) {
    return new CohortState(name, max, used, Math.max(this.pass, pass));
  }
}
