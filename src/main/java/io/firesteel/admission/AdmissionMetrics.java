package io.firesteel.admission;

import io.firesteel.job.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Admission's metrics of one partition. What a tenant uses is told by whoever owns its partition:
 * its gauges go when the partition does. One thread writes; any may read.
 */
final class AdmissionMetrics {

  /** Timer: how long jobs were in a phase; tags tenant, from, to. */
  static final String PHASE = "firesteel.job.phase";

  /** Counter: jobs that ended; tags tenant, outcome, category. */
  static final String ENDED = "firesteel.jobs.ended";

  /** Gauge: slots taken; tags tenant, cohort. */
  static final String USED = "firesteel.tenant.slots.used";

  /** Gauge: slots allowed; tags tenant, cohort. */
  static final String LIMIT = "firesteel.tenant.slots.limit";

  /** Gauge: jobs that wait; tags tenant, cohort. */
  static final String WAITING = "firesteel.tenant.waiting";

  /** Counter: inbox records that nobody can read. */
  static final String UNREADABLE = "firesteel.inbox.unreadable";

  private final MeterRegistry registry;
  private final Map<String, TenantGauges> tenants = new HashMap<>();

  AdmissionMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void moved(Output.Moved move) {
    String tenant = move.job().tenant();
    registry
        .timer(PHASE, "tenant", tenant, "from", move.from().name(), "to", move.to().name())
        .record(move.inPhase());
    switch (move.to()) {
      case SUCCEEDED, FAILED, CANCELLED, REFUSED, EXPIRED -> {
        Failure failure = move.failure();
        String category = failure == null ? "NONE" : failure.category().name();
        registry
            .counter(ENDED, "tenant", tenant, "outcome", move.to().name(), "category", category)
            .increment();
      }
      case UNKNOWN, WAITING, ADMITTED, SUBMITTED, RUNNING, STOPPING -> {}
    }
  }

  void load(Output.Load load) {
    TenantGauges known = tenants.get(load.tenant());
    if (known == null || !known.cohort.equals(load.cohort())) {
      if (known != null) {
        known.meters.forEach(registry::remove);
      }
      known = new TenantGauges(registry, load.tenant(), load.cohort());
      tenants.put(load.tenant(), known);
    }
    known.load = load;
  }

  void unreadable() {
    registry.counter(UNREADABLE).increment();
  }

  /** The partition goes elsewhere. */
  void close() {
    tenants.values().forEach(gauges -> gauges.meters.forEach(registry::remove));
    tenants.clear();
  }

  private static final class TenantGauges {

    private final String cohort;
    private final List<Meter> meters;
    private volatile Output.Load load;

    TenantGauges(MeterRegistry registry, String tenant, String cohort) {
      this.cohort = cohort;
      this.load = new Output.Load(tenant, cohort, 0, 0, 0);
      Tags tags = Tags.of("tenant", tenant, "cohort", cohort);
      this.meters =
          List.of(
              Gauge.builder(USED, this, g -> g.load.used()).tags(tags).register(registry),
              Gauge.builder(LIMIT, this, g -> g.load.maxConcurrency())
                  .tags(tags)
                  .register(registry),
              Gauge.builder(WAITING, this, g -> g.load.waiting()).tags(tags).register(registry));
    }
  }
}
