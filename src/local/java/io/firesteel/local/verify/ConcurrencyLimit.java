package io.firesteel.local.verify;

import java.util.Set;

/**
 * The maximum number of live drivers.
 *
 * @param name the tenant or cohort, for messages
 * @param tenants the tenants whose drivers count
 */
public record ConcurrencyLimit(String name, Set<String> tenants, int max) {

  public ConcurrencyLimit {
    tenants = Set.copyOf(tenants);
  }
}
