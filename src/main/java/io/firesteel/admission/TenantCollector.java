package io.firesteel.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.Collector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The metrics of the tenants whose partitions this replica owns. A tenant has series while it has
 * jobs, and for an hour after its last change, so that their number follows the work and not the
 * number of tenants. Meters of Micrometer would cost a kilobyte for each series, and removing one
 * searches them all. Thread-safe.
 */
public final class TenantCollector extends Collector {

  private static final Duration KEPT = Duration.ofHours(1);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Set<AdmissionMetrics> partitions = ConcurrentHashMap.newKeySet();

  /** The metrics of a tenant, with their labels. */
  enum Family {
    USED("firesteel_tenant_slots_used", Type.GAUGE, "slots in use", "tenant", "cohort"),
    LIMIT("firesteel_tenant_slots_limit", Type.GAUGE, "slots allowed", "tenant", "cohort"),
    WAITING("firesteel_tenant_waiting", Type.GAUGE, "jobs that wait", "tenant", "cohort"),
    WAIT_COUNT("firesteel_tenant_waits", Type.COUNTER, "jobs that got a slot", "tenant"),
    WAIT_SECONDS("firesteel_tenant_wait_seconds", Type.COUNTER, "time they waited", "tenant"),
    ENDED("firesteel_jobs_ended", Type.COUNTER, "results", "tenant", "outcome", "category"),
    ATTEMPTS("firesteel_attempts_failed", Type.COUNTER, "failed attempts", "tenant", "category"),
    RETRIES("firesteel_retries", Type.COUNTER, "retries", "tenant");

    private final String metric;
    private final Type type;
    private final String help;
    private final List<String> labels;

    Family(String metric, Type type, String help, String... labels) {
      this.metric = metric;
      this.type = type;
      this.help = help;
      this.labels = List.of(labels);
    }
  }

  /** The samples of one scrape. A tenant that changed its partition counts on both. */
  static final class Samples {

    private final Map<Family, Map<List<String>, Double>> values = new EnumMap<>(Family.class);

    void add(Family family, List<String> labels, double value) {
      values.computeIfAbsent(family, _ -> new HashMap<>()).merge(labels, value, Double::sum);
    }

    double value(Family family, String... labels) {
      return values.getOrDefault(family, Map.of()).getOrDefault(List.of(labels), Double.NaN);
    }

    private MetricFamilySamples of(Family family) {
      String name = family.type == Type.COUNTER ? family.metric + "_total" : family.metric;
      List<MetricFamilySamples.Sample> samples = new ArrayList<>();
      values
          .getOrDefault(family, Map.of())
          .forEach((labels, value) ->
              samples.add(new MetricFamilySamples.Sample(name, family.labels, labels, value)));
      return new MetricFamilySamples(family.metric, family.type, family.help, samples);
    }
  }

  /** The registry holds what is not counted by tenant. */
  public TenantCollector(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** The metrics of one partition, until they are closed. */
  AdmissionMetrics forPartition() {
    AdmissionMetrics metrics = new AdmissionMetrics(registry, clock, partitions::remove);
    partitions.add(metrics);
    return metrics;
  }

  Samples samples() {
    Samples samples = new Samples();
    Instant from = clock.instant().minus(KEPT);
    partitions.forEach(partition -> partition.collect(samples, from));
    return samples;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Samples samples = samples();
    List<MetricFamilySamples> families = new ArrayList<>();
    for (Family family : Family.values()) {
      families.add(samples.of(family));
    }
    return families;
  }
}
