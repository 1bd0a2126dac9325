package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.event.JobPhase;
import io.firesteel.job.JobKey;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AdmissionMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void gaugesAreRightAtOnceAfterARestartAndGoWithThePartition() throws IOException {
    AdmissionProcessor processor =
        new AdmissionProcessor(
            new Admission(AdmissionSettings.DEFAULT), EventSchemas.ENCODER, registry);
    processor.init(withTheStateOf(StoredStateSample.all().toList().getLast()));

    assertThat(gauge(AdmissionMetrics.USED)).isEqualTo(4);
    assertThat(gauge(AdmissionMetrics.LIMIT)).isEqualTo(4);
    assertThat(gauge(AdmissionMetrics.WAITING)).isEqualTo(6);

    processor.close();

    assertThat(registry.find(AdmissionMetrics.USED).gauges()).isEmpty();
  }

  @Test
  void namesThatNobodyDefinesShareOneLabel() {
    AdmissionMetrics metrics = new AdmissionMetrics(registry);
    metrics.load(new AdmissionOutput.TenantLoad("blue", "blue", 0, 0, 1));

    for (String tenant : List.of("blue", "made-up-1", "made-up-2")) {
      metrics.phaseChanged(
          new AdmissionOutput.PhaseChanged(
              new JobKey(tenant, "job"),
              0,
              JobPhase.UNKNOWN,
              JobPhase.REFUSED,
              Duration.ZERO,
              null,
              null));
    }

    assertThat(registry.get(AdmissionMetrics.ENDED).counters())
        .extracting(counter -> counter.getId().getTag("tenant"))
        .containsExactlyInAnyOrder("blue", AdmissionMetrics.UNKNOWN);
  }

  private double gauge(String name) {
    return registry.get(name).tag("tenant", "blue").gauge().value();
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
