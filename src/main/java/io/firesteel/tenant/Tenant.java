package io.firesteel.tenant;

import io.firesteel.json.Names;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Placement;
import io.firesteel.job.TenantLimits;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One tenant as its definition says.
 *
 * @param namespace the only one its jobs run in; default: the tenant's name
 * @param serviceAccount of its drivers; default {@code spark}
 * @param cluster the only one its jobs run in; null for the installation's default
 * @param maxConcurrency jobs at once; 0 stops the tenant
 * @param maxQueued jobs that may wait before more are refused
 * @param cohort whom it shares limits with; default: itself
 * @param weight its share of the cohort's limit beside the others
 * @param cohortMaxConcurrency the cohort's limit; every tenant of a cohort says the same
 * @param defaultPriority of requests that name none
 * @param policy what its jobs may contain
 */
public record Tenant(
    String name,
    String namespace,
    String serviceAccount,
    @Nullable String cluster,
    int maxConcurrency,
    int maxQueued,
    String cohort,
    int weight,
    int cohortMaxConcurrency,
    int defaultPriority,
    PolicySettings policy) {

  private static final Rule<Integer> COUNT = Rule.integer(0, 1_000_000);

  /** Reads the {@code spec} of a Tenant document; empty when a mistake was added. */
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
        fields.read("cluster", Names.DNS_LABEL),
        or(fields.required("maxConcurrency", COUNT), 0),
        or(fields.read("maxQueued", COUNT), 1000),
        or(fields.read("cohort", Names.DNS_LABEL), name),
        or(fields.read("weight", Rule.integer(1, 1000)), 1),
        or(fields.read("cohortMaxConcurrency", COUNT), TenantLimits.UNLIMITED),
        or(fields.read("defaultPriority", Names.PRIORITY), 0),
        PolicySettings.read(fields));
  }

  /** What admission holds it to. */
  public TenantLimits limits() {
    return new TenantLimits(name, cohort, maxConcurrency, maxQueued, weight, cohortMaxConcurrency);
  }

  /** Where its drivers run. */
  public Placement placement() {
    return new Placement(namespace, serviceAccount, cluster);
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
