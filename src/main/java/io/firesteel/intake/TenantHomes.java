package io.firesteel.intake;

import io.firesteel.inbox.TenantHome;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which cohort gets the messages about a tenant. That is where its jobs are, as admission has
 * published it; the definition may name another cohort, to which the tenant has yet to move. Until
 * intake knows better, it sends to the cohort of the tenant's own name, where each tenant begins,
 * and admission forwards from there. Thread-safe.
 */
@Singleton
class TenantHomes {

  private final Map<String, String> cohorts = new ConcurrentHashMap<>();

  /** The key of messages about a tenant. */
  String cohortOf(String tenant) {
    return cohorts.getOrDefault(tenant, tenant);
  }

  /** Stores that a tenant moved. */
  void moved(String tenant, TenantHome home) {
    cohorts.put(tenant, home.cohort());
  }
}
