package io.firesteel.local.judge;

import java.util.Set;

/**
 * How many drivers may live at one moment.
 *
 * @param name of the tenant or cohort, for messages
 * @param tenants whose drivers count
 */
public record Limit(String name, Set<String> tenants, int most) {

  public Limit {
    tenants = Set.copyOf(tenants);
  }
}
