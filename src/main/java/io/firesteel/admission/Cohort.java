package io.firesteel.admission;

import io.firesteel.job.TenantLimits;

/**
 * Tenants that share slots.
 *
 * @param max slots of all its tenants together
 * @param used slots taken
 * @param pass the {@link Tenant#pass} of the tenant served last
 */
record Cohort(String name, int max, int used, long pass) {

  static Cohort unlimited(String name) {
    return new Cohort(name, TenantLimits.UNLIMITED, 0, 0);
  }

  boolean open() {
    return used < max;
  }

  Cohort limited(int max) {
    return new Cohort(name, Math.max(0, max), used, pass);
  }

  Cohort counted(int usedMore) {
    return new Cohort(name, max, used + usedMore, pass);
  }

  Cohort served(long pass) {
    return new Cohort(name, max, used, Math.max(this.pass, pass));
  }
}
