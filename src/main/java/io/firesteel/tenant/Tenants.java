package io.firesteel.tenant;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All tenants that are defined at one moment. Immutable. */
public record Tenants(Map<String, Tenant> byName) {

  /** Nobody. */
  public static final Tenants NONE = new Tenants(Map.of());

  public Tenants {
    byName = Map.copyOf(byName);
  }

  /** These tenants, each under its name. */
  public static Tenants of(Collection<Tenant> tenants) {
    var byName = new TreeMap<String, Tenant>();
    tenants.forEach(tenant -> byName.put(tenant.name(), tenant));
    return new Tenants(byName);
  }

  /** The tenant of this name. */
  public Optional<Tenant> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Every one of them. */
  public Collection<Tenant> all() {
    return byName.values();
  }
}
