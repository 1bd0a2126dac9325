package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Placement;
import io.firesteel.job.TenantLimits;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's definition.
 *
 * @param namespace of all its jobs; by default the tenant's name
 * @param serviceAccount of its drivers; {@code spark} by default
 * @param replacesServiceAccounts whether a service account that its jobs may not use is replaced by
 *     its own; otherwise such a job is refused
 * @param cluster of all its jobs; null for the one called default
 * @param maxConcurrency the number of its slots; 0 stops the tenant
 * @param maxQueued how many of its jobs may wait; further requests are refused
 * @param cohort the tenants that share limits with it; by default itself
 * @param weight its share of the cohort's limit, relative to the others
 * @param cohortMaxConcurrency the cohort's limit, equal for every tenant of a cohort
 * @param defaultPriority of requests without one
 * @param policy what its jobs may contain
 */
public record Tenant(
    String name,
    String namespace,
    String serviceAccount,
    boolean replacesServiceAccounts,
    @Nullable String cluster,
    int maxConcurrency,
    int maxQueued,
    String cohort,
    int weight,
    int cohortMaxConcurrency,
    int defaultPriority,
    PolicySettings policy) {

  private static final Rule<Integer> COUNT = Rule.integer(0, 1_000_000);

  private static final Rule<Boolean> OTHER_ACCOUNTS =
      Rule.oneOf(Map.of("refuse", false, "replace", true));

  /** Reads the {@code spec} of a Tenant document; empty if errors were added. */
  public static Optional<Tenant> read(String name, JsonNode spec, List<ValidationError> errors) {
    int before = errors.size();
    var fields = FieldReader.of(spec, "/spec", errors);
    Tenant tenant = read(name, fields);
    fields.rejectUnknown();
    return errors.size() == before ? Optional.of(tenant) : Optional.empty();
  }

  private static Tenant read(String name, FieldReader fields) {
    return new Tenant(
        name,
        or(fields.read("namespace", Names.DNS_LABEL), name),
        or(fields.read("serviceAccount", Names.DNS_SUBDOMAIN), "spark"),
        or(fields.read("otherServiceAccounts", OTHER_ACCOUNTS), false),
        fields.read("cluster", Names.DNS_LABEL),
        or(fields.required("maxConcurrency", COUNT), 0),
        or(fields.read("maxQueued", COUNT), 1000),
        or(fields.read("cohort", Names.DNS_LABEL), name),
        or(fields.read("weight", Rule.integer(1, 1000)), 1),
        or(fields.read("cohortMaxConcurrency", COUNT), TenantLimits.UNLIMITED),
        or(fields.read("defaultPriority", Names.PRIORITY), 0),
        PolicySettings.read(fields));
  }

  /** The limits that admission enforces. */
  public TenantLimits limits() {
    return new TenantLimits(name, cohort, maxConcurrency, maxQueued, weight, cohortMaxConcurrency);
  }

  /** Where its drivers run. */
  public Placement placement() {
    return new Placement(namespace, serviceAccount, cluster);
  }

  private static <T> T or(@Nullable T value, T defaultValue) {
    return value == null ? defaultValue : value;
  }
}
