package io.firesteel.intake;

import io.firesteel.inbox.TenantHome;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which cohort gets the messages about a tenant. That is where its jobs are, as admission has
 * published it; the definition may name another cohort, to which the tenant has yet to move. Until
 * intake knows better, it sends to the cohort of the tenant's own name, where each tenant begins,
 * and admission forwards from there. Thread-safe.
 */
@Singleton
class TenantHomes {

  private final Map<String, TenantHome> homes = new ConcurrentHashMap<>();

  /** The key of messages about a tenant. */
  String cohortOf(String tenant) {
    TenantHome home = homes.get(tenant);
    return home == null ? tenant : home.cohort();
  }

  /** The tenants that are defined, as far as admission knows. */
  Stream<String> defined() {
    return homes.entrySet().stream()
        .filter(home -> !home.getValue().removed())
        .map(Map.Entry::getKey);
  }

  /** Stores what admission published about a tenant. */
  void update(String tenant, TenantHome home) {
    homes.put(tenant, home);
  }
}
