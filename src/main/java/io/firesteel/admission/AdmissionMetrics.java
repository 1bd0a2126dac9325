package io.firesteel.admission;

import io.firesteel.admission.TenantCollector.Family;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The metrics of one partition of the inbox. The replica that owns the partition reports its
 * tenants until it loses the partition. Histograms are for all tenants together. One thread writes;
 * any may read.
 */
final class AdmissionMetrics {

  /** Timer: how long jobs stayed in a phase; tags from, to. */
  static final String PHASE = "firesteel.job.phase";

  /** Timer: from an event of a pod to the decision on it. */
  static final String OBSERVED = "firesteel.job.observation.lag";

  /** Counter: requests for a job that exists already. */
  static final String DUPLICATES = "firesteel.jobs.duplicates";

  /** Counter: inbox records that cannot be read. */
  static final String UNREADABLE = "firesteel.inbox.unreadable";

  /** Counter: decisions that failed with an exception. */
  static final String FAILED = "firesteel.decisions.failed";

  /** The tag for tenants that are not defined. */
  static final String UNKNOWN = "unknown";

  private static final Duration MAX_RECORDED = Duration.ofDays(365);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Consumer<AdmissionMetrics> onClose;
  private final Map<String, TenantSeries> tenants = new ConcurrentHashMap<>();
  private final TenantSeries unknown = new TenantSeries(UNKNOWN);

  AdmissionMetrics(
      MeterRegistry registry, InstantSource clock, Consumer<AdmissionMetrics> onClose) {
    this.registry = registry;
    this.clock = clock;
    this.onClose = onClose;
    // A counter that appears with its first increment would show no increase.
    registry.counter(UNREADABLE);
    registry.counter(DUPLICATES);
    registry.counter(FAILED);
  }

  void phaseChanged(AdmissionOutput.PhaseChanged move) {
    registry
        .timer(PHASE, "from", move.from().name(), "to", move.to().name())
        .record(recordable(move.inPhase()));
    TenantSeries tenant = tenant(move.job().tenant());
    if (move.from() == JobPhase.WAITING && move.to() == JobPhase.ADMITTED) {
      tenant.waited(recordable(move.inPhase()), clock.instant());
    }
    switch (move.to()) {
      case SUCCEEDED, FAILED, CANCELLED, REFUSED, EXPIRED -> {
        Failure failure = move.failure();
        String category = failure == null ? "NONE" : failure.category().name();
        tenant.increment(Family.ENDED, clock.instant(), move.to().name(), category);
      }
      case UNKNOWN, WAITING, ADMITTED, SUBMITTED, RUNNING, STOPPING -> {}
    }
  }

  void published(PublishedJobEvent published) {
    TenantSeries tenant = tenant(published.job().tenant());
    if (published.event() instanceof JobEvent.AttemptFailed(_, _, Failure failure)) {
      tenant.increment(Family.ATTEMPTS, clock.instant(), failure.category().name());
    }
    if (published.event() instanceof JobEvent.JobRetrying) {
      tenant.increment(Family.RETRIES, clock.instant());
    }
    if (published.event() instanceof JobEvent.JobDuplicate) {
      registry.counter(DUPLICATES).increment();
    }
  }

  void observationReceived(Observation observation, Instant now) {
    registry.timer(OBSERVED).record(recordable(Duration.between(observation.at(), now)));
  }

  /** A timer takes no duration of more than 292 years, and times from outside can be any. */
  private static Duration recordable(Duration duration) {
    if (duration.isNegative()) {
      return Duration.ZERO;
    }
    return duration.compareTo(MAX_RECORDED) > 0 ? MAX_RECORDED : duration;
  }

  /** Takes the load of a tenant from the state that this replica received. */
  void restored(AdmissionOutput.TenantLoad tenantLoad) {
    TenantSeries tenant = new TenantSeries(tenantLoad.tenant());
    tenant.restore(tenantLoad);
    if (!tenant.isGone()) {
      tenants.put(tenantLoad.tenant(), tenant);
    }
  }

  void load(AdmissionOutput.TenantLoad tenantLoad) {
    TenantSeries tenant = tenants.computeIfAbsent(tenantLoad.tenant(), TenantSeries::new);
    tenant.update(tenantLoad, clock.instant());
    if (tenant.isGone()) {
      tenants.remove(tenantLoad.tenant());
    }
  }

  /** Ends the series of a tenant whose jobs another partition decides about. */
  void left(String tenant) {
    tenants.remove(tenant);
  }

  void unreadable() {
    registry.counter(UNREADABLE).increment();
  }

  void decisionFailed() {
    registry.counter(FAILED).increment();
  }

  /** A request may name any tenant; only defined ones get time series of their own. */
  private TenantSeries tenant(String tenant) {
    return tenants.getOrDefault(tenant, unknown);
  }

  /** Adds the series of the tenants that were not idle since the time, and forgets the others'. */
  void collect(TenantCollector.Samples samples, Instant from) {
    unknown.collect(samples);
    for (TenantSeries tenant : tenants.values()) {
      if (tenant.isIdleSince(from)) {
        tenant.reset();
      } else {
        tenant.collect(samples);
      }
    }
  }

  /** Ends the series of this partition's tenants: it moves to another replica. */
  void close() {
    onClose.accept(this);
  }
}
