package io.firesteel.local.verify;

import java.util.Set;

/**
 * How many drivers may live at one moment.
 *
 * @param name of the tenant or cohort, for messages
 * @param tenants whose drivers count
 */
public record ConcurrencyLimit(String name, Set<String> tenants, int max) {

  public ConcurrencyLimit {
    tenants = Set.copyOf(tenants);
  }
}
