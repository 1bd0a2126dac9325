package io.firesteel.rest.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The roles of a caller by tenant. A token has one word for each: the prefix, the tenant or {@code
 * *} for all, a colon, and the role, as in {@code firesteel:acme:submitter}. Other words grant
 * nothing.
 */
public record Grants(Map<String, Role> byTenant) {

  /** Stands for every tenant. */
  static final String ALL = "*";

  /** Grants nothing. */
  public static final Grants NONE = new Grants(Map.of());

  /** Grants everything. */
  public static final Grants EVERYTHING = new Grants(Map.of(ALL, Role.OPERATOR));

  public Grants {
    byTenant = Map.copyOf(byTenant);
  }

  /** The grants in the roles of a token. */
  public static Grants of(Collection<String> roles, String prefix) {
    Map<String, Role> byTenant = new HashMap<>();
    for (String role : roles) {
      if (role.startsWith(prefix)) {
        String[] parts = role.substring(prefix.length()).split(":", -1);
        Role granted = parts.length == 2 && !parts[0].isEmpty() ? role(parts[1]) : null;
        if (granted != null) {
          byTenant.merge(parts[0], granted, Grants::higher);
        }
      }
    }
    return new Grants(byTenant);
  }

  private static @Nullable Role role(String name) {
    for (Role role : Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
        return role;
      }
    }
    return null;
  }

  private static Role higher(Role a, Role b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Whether they include a role for a tenant. */
  public boolean allow(Role needed, String tenant) {
    return allows(byTenant.get(ALL), needed) || allows(byTenant.get(tenant), needed);
  }

  /** Whether they include a role for all tenants. */
  public boolean allowForAll(Role needed) {
    return allows(byTenant.get(ALL), needed);
  }

  /** Whether they include a role for some tenant. */
  public boolean allowForAny(Role needed) {
    return byTenant.values().stream().anyMatch(role -> allows(role, needed));
  }

  private static boolean allows(@Nullable Role granted, Role needed) {
    return granted != null && granted.compareTo(needed) >= 0;
  }
}
