package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.admission.core.AdmissionOutput.TenantLoad;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.event.JobPhase;
import io.firesteel.job.JobKey;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AdmissionMetricsTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final int TENANTS = 10_000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Instant now = START;
  private final TenantCollector collector =
      new TenantCollector(registry, () -> now).register(registry.getPrometheusRegistry());

  @Test
  void gaugesAreRightAtOnceAfterARestartAndGoWithThePartition() throws IOException {
    AdmissionProcessor processor =
        new AdmissionProcessor(
            new Admission(AdmissionSettings.DEFAULT), EventSchemas.ENCODER, collector);
    processor.init(withTheStateOf(StoredStateSample.all().toList().getLast()));

    assertThat(series("firesteel_tenant_"))
        .contains(
            "firesteel_tenant_slots_used{tenant=\"blue\",cohort=\"blue\",} 4.0",
            "firesteel_tenant_slots_limit{tenant=\"blue\",cohort=\"blue\",} 4.0",
            "firesteel_tenant_waiting{tenant=\"blue\",cohort=\"blue\",} 6.0");

    processor.close();

    assertThat(series("firesteel_tenant_")).isEmpty();
  }

  @Test
  void namesThatNobodyDefinesShareOneLabel() {
    AdmissionMetrics metrics = collector.forPartition();
    metrics.load(load("blue", 0, 0, 1));

    for (String tenant : List.of("blue", "made-up-1", "made-up-2")) {
      metrics.phaseChanged(phase(tenant, JobPhase.UNKNOWN, JobPhase.REFUSED));
    }

    assertThat(series("firesteel_jobs_ended_total"))
        .containsExactlyInAnyOrder(
            "firesteel_jobs_ended_total{tenant=\"blue\",outcome=\"REFUSED\",category=\"NONE\",} 1.0",
            "firesteel_jobs_ended_total{tenant=\"unknown\",outcome=\"REFUSED\",category=\"NONE\",} 2.0");
  }

  @Test
  void aTenantHasSeriesWhileItHasJobsAndForAnHourAfterwards() {
    AdmissionMetrics metrics = collector.forPartition();
    metrics.load(load("blue", 1, 0, 4));
    metrics.phaseChanged(phase("blue", JobPhase.RUNNING, JobPhase.SUCCEEDED));

    now = START.plus(Duration.ofDays(1));
    assertThat(series("firesteel_")).anyMatch(line -> line.contains("blue"));
    metrics.load(load("blue", 0, 0, 4));
    now = now.plus(Duration.ofHours(1));
    assertThat(series("firesteel_")).anyMatch(line -> line.contains("blue"));
    now = now.plusMillis(1);
    assertThat(series("firesteel_")).noneMatch(line -> line.contains("blue"));
  }

  @Test
  void aTenantThatIsRemovedHasNoSeriesAtOnce() {
    AdmissionMetrics metrics = collector.forPartition();
    metrics.load(load("blue", 0, 0, 4));
    metrics.load(load("blue", 0, 0, 0));

    assertThat(series("firesteel_")).noneMatch(line -> line.contains("blue"));
  }

  @Test
  void aTenantThatChangesItsPartitionHasEachSeriesOnce() {
    for (int i = 0; i < 2; i++) {
      AdmissionMetrics metrics = collector.forPartition();
      metrics.load(load("blue", 0, i, 4));
      metrics.phaseChanged(phase("blue", JobPhase.RUNNING, JobPhase.SUCCEEDED));
    }

    assertThat(series("firesteel_jobs_ended_total"))
        .containsExactly(
            "firesteel_jobs_ended_total{tenant=\"blue\",outcome=\"SUCCEEDED\",category=\"NONE\",} 2.0");
  }

  @Test
  void tenThousandBusyTenantsFitOneScrapeAndIdleOnesCostNothing() {
    AdmissionMetrics metrics = collector.forPartition();
    for (int i = 0; i < TENANTS; i++) {
      String tenant = "tenant-%05d".formatted(i);
      metrics.load(load(tenant, 2, 3, 4));
      metrics.phaseChanged(phase(tenant, JobPhase.UNKNOWN, JobPhase.WAITING));
      metrics.phaseChanged(phase(tenant, JobPhase.WAITING, JobPhase.ADMITTED));
      metrics.phaseChanged(phase(tenant, JobPhase.ADMITTED, JobPhase.SUBMITTED));
      metrics.phaseChanged(phase(tenant, JobPhase.SUBMITTED, JobPhase.RUNNING));
      metrics.phaseChanged(phase(tenant, JobPhase.RUNNING, JobPhase.SUCCEEDED));
      metrics.phaseChanged(phase(tenant, JobPhase.RUNNING, JobPhase.FAILED));
    }
    String busy = registry.scrape();
    System.out.printf(
        "metrics: %d tenants, %d series, %d bytes%n", TENANTS, series("").size(), busy.length());
    assertThat(series("").size()).isLessThan(9 * TENANTS);
    assertThat(busy.length()).isLessThan(8 << 20);

    for (int i = 0; i < TENANTS; i++) {
      metrics.load(load("tenant-%05d".formatted(i), 0, 0, 4));
    }
    now = START.plus(Duration.ofHours(2));
    assertThat(series("").size()).isLessThan(100);
  }

  private List<String> series(String prefix) {
    return registry
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#") && line.startsWith(prefix))
        .toList();
  }

  private static TenantLoad load(String tenant, int used, int waiting, int limit) {
    return new TenantLoad(tenant, tenant, used, waiting, limit);
  }

  private static AdmissionOutput.PhaseChanged phase(String tenant, JobPhase from, JobPhase to) {
    return new AdmissionOutput.PhaseChanged(
        new JobKey(tenant, "job"), 0, from, to, Duration.ofSeconds(1), null, null);
  }

  private static MockProcessorContext<String, byte @Nullable []> withTheStateOf(
      StoredStateSample sample) {
    MockProcessorContext<String, byte @Nullable []> context = new MockProcessorContext<>();
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(AdmissionProcessor.STORE),
                Serdes.String(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    sample.state().forEach(line -> store.put(line.key(), line.bytes()));
    return context;
  }
}
