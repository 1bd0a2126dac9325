package io.firesteel.admission;

import io.firesteel.admission.TenantCollector.Family;
import io.firesteel.admission.core.AdmissionOutput.TenantLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is counted about one tenant on one partition. One thread writes; any may read. */
final class TenantSeries {

  private final String tenant;
  private final Map<Sample, Double> counters = new ConcurrentHashMap<>();
  private volatile @Nullable TenantLoad load;
  private volatile Instant changedAt = Instant.EPOCH;

  private record Sample(Family family, List<String> labels) {}

  TenantSeries(String tenant) {
    this.tenant = tenant;
  }

  /** Takes the load that the partition had when this replica received it. */
  void restore(TenantLoad restored) {
    load = restored;
  }

  void update(TenantLoad changed, Instant now) {
    load = changed;
    changedAt = now;
  }

  void increment(Family family, Instant now, String... labels) {
    add(family, 1, labels);
    changedAt = now;
  }

  void waited(Duration time, Instant now) {
    add(Family.WAIT_COUNT, 1);
    add(Family.WAIT_SECONDS, time.toNanos() / (double) Duration.ofSeconds(1).toNanos());
    changedAt = now;
  }

  private void add(Family family, double amount, String... labels) {
    List<String> all = new ArrayList<>(List.of(tenant));
    Collections.addAll(all, labels);
    counters.merge(new Sample(family, List.copyOf(all)), amount, Double::sum);
  }

  /** Whether the tenant has no jobs, and nothing about it has changed since the time. */
  boolean isIdleSince(Instant time) {
    return isEmpty() && changedAt.isBefore(time);
  }

  /** Whether the tenant has no jobs and no definition. */
  boolean isGone() {
    TenantLoad known = load;
    return isEmpty() && (known == null || known.maxConcurrency() == 0);
  }

  private boolean isEmpty() {
    TenantLoad known = load;
    return known == null || known.used() == 0 && known.waiting() == 0;
  }

  /** Forgets the counters, which begin at 0 again. */
  void reset() {
    counters.clear();
  }

  void collect(TenantCollector.Samples samples) {
    TenantLoad known = load;
    if (known != null) {
      List<String> labels = List.of(tenant, known.cohort());
      samples.add(Family.USED, labels, known.used());
      samples.add(Family.LIMIT, labels, known.maxConcurrency());
      samples.add(Family.WAITING, labels, known.waiting());
      // A counter that appears with its first increment would show no increase.
      samples.add(Family.RETRIES, List.of(tenant), 0);
    }
    counters.forEach((sample, value) -> samples.add(sample.family(), sample.labels(), value));
  }
}
