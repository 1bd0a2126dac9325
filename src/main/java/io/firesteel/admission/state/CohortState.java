package io.firesteel.admission.state;

import io.firesteel.job.TenantLimits;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;

/**
 * Tenants that share slots.
 *
 * @param max slots of all its tenants together
 * @param used slots in use
 * @param pass the {@link TenantState#pass} of the tenant that was served last
 */
@RecordBuilder
public record CohortState(String name, int max, int used, long pass)
    implements CohortStateBuilder.With {

  public CohortState {
    Objects.requireNonNull(name);
  }

  public static CohortState unlimited(String name) {
    return new CohortState(name, TenantLimits.UNLIMITED, 0, 0);
  }

  public boolean hasFreeSlot() {
    return used < max;
  }

  /** Changes the number of slots in use, which never becomes negative. */
  public CohortState addUsed(int usedMore) {
    return withUsed(Math.max(0, used + usedMore));
  }

  public CohortState served(long tenantPass) {
    return withPass(Math.max(pass, tenantPass));
  }
}
