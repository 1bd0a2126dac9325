package io.firesteel.admission;

import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of one partition of the inbox. The replica that owns the partition reports the gauges
 * of its tenants and removes them when it loses the partition. One thread writes; any may read.
 */
final class AdmissionMetrics {

  /** Timer: how long jobs stayed in a phase; tags tenant, from, to. */
  static final String PHASE = "firesteel.job.phase";

  /** Counter: jobs that ended; tags tenant, outcome, category. */
  static final String ENDED = "firesteel.jobs.ended";

  /** Counter: failed attempts, whether or not the job failed; tags tenant, category. */
  static final String ATTEMPTS = "firesteel.attempts.failed";

  /** Counter: retries; tag tenant. */
  static final String RETRIES = "firesteel.retries";

  /** Timer: from an event of a pod to the decision on it; tag tenant. */
  static final String OBSERVED = "firesteel.job.observation.lag";

  /** Counter: requests for a job that exists already; tag tenant. */
  static final String DUPLICATES = "firesteel.jobs.duplicates";

  /** Gauge: slots in use; tags tenant, cohort. */
  static final String USED = "firesteel.tenant.slots.used";

  /** Gauge: slots allowed; tags tenant, cohort. */
  static final String LIMIT = "firesteel.tenant.slots.limit";

  /** Gauge: waiting jobs; tags tenant, cohort. */
  static final String WAITING = "firesteel.tenant.waiting";

  /** Counter: inbox records that cannot be read. */
  static final String UNREADABLE = "firesteel.inbox.unreadable";

  /** The tag for tenants that are not defined. */
  static final String UNKNOWN = "unknown";

  private final MeterRegistry registry;
  private final Map<String, TenantGauges> tenants = new HashMap<>();

  AdmissionMetrics(MeterRegistry registry) {
    this.registry = registry;
    // A counter that appears with its first increment would show no increase.
    registry.counter(UNREADABLE);
  }

  void phaseChanged(AdmissionOutput.PhaseChanged move) {
    String tenant = tenantTag(move.job().tenant());
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

  void published(PublishedJobEvent published) {
    String tenant = tenantTag(published.job().tenant());
    if (published.event() instanceof JobEvent.AttemptFailed(_, _, Failure failure)) {
      registry
          .counter(ATTEMPTS, "tenant", tenant, "category", failure.category().name())
          .increment();
    }
    if (published.event() instanceof JobEvent.JobRetrying) {
      registry.counter(RETRIES, "tenant", tenant).increment();
    }
  }

  void observationReceived(Observation observation, Instant now) {
    Duration lag = Duration.between(observation.at(), now);
    registry
        .timer(OBSERVED, "tenant", tenantTag(observation.attempt().job().tenant()))
        .record(lag.isNegative() ? Duration.ZERO : lag);
  }

  void load(AdmissionOutput.TenantLoad tenantLoad) {
    TenantGauges known = tenants.get(tenantLoad.tenant());
    if (known == null || !known.cohort.equals(tenantLoad.cohort())) {
      if (known != null) {
        known.meters.forEach(registry::remove);
      }
      known = new TenantGauges(registry, tenantLoad.tenant(), tenantLoad.cohort());
      registry.counter(RETRIES, "tenant", tenantLoad.tenant());
      tenants.put(tenantLoad.tenant(), known);
    }
    known.tenantLoad = tenantLoad;
  }

  /** Removes the gauges of a tenant whose jobs another partition decides about. */
  void left(String tenant) {
    TenantGauges known = tenants.remove(tenant);
    if (known != null) {
      known.meters.forEach(registry::remove);
    }
  }

  void duplicate(String tenant) {
    registry.counter(DUPLICATES, "tenant", tenantTag(tenant)).increment();
  }

  void unreadable() {
    registry.counter(UNREADABLE).increment();
  }

  /** A request may name any tenant; only defined ones get a time series of their own. */
  private String tenantTag(String tenant) {
    return tenants.containsKey(tenant) ? tenant : UNKNOWN;
  }

  /** Removes the gauges: the partition moves to another replica. */
  void close() {
    tenants.values().forEach(gauges -> gauges.meters.forEach(registry::remove));
    tenants.clear();
  }

  private static final class TenantGauges {

    private final String cohort;
    private final List<Meter> meters;
    private volatile AdmissionOutput.TenantLoad tenantLoad;

    TenantGauges(MeterRegistry registry, String tenant, String cohort) {
      this.cohort = cohort;
      this.tenantLoad = new AdmissionOutput.TenantLoad(tenant, cohort, 0, 0, 0);
      Tags tags = Tags.of("tenant", tenant, "cohort", cohort);
      this.meters =
          List.of(
              Gauge.builder(USED, this, g -> g.tenantLoad.used()).tags(tags).register(registry),
              Gauge.builder(LIMIT, this, g -> g.tenantLoad.maxConcurrency())
                  .tags(tags)
                  .register(registry),
              Gauge.builder(WAITING, this, g -> g.tenantLoad.waiting())
                  .tags(tags)
                  .register(registry));
    }
  }
}
