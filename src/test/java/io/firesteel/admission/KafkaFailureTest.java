package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.core.DecisionException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;

/** A failure of Kafka is no job's fault: the stream thread ends and the transaction is aborted. */
final class KafkaFailureTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void isPassedOnWhereverADecisionMeetsIt() {
    ProcessorStateException failure = new ProcessorStateException("disk full");
    FailedDecisions reading = decisions(new DecisionException(null, failure));
    FailedDecisions writing = decisions(failure);

    assertThatThrownBy(() -> reading.decide(new Tick(1), null)).isSameAs(failure);
    assertThatThrownBy(() -> writing.decide(new Tick(1), null)).isSameAs(failure);
    assertThat(registry.get(AdmissionMetrics.FAILED).counter().count()).isZero();
  }

  private FailedDecisions decisions(RuntimeException failure) {
    return new FailedDecisions(
        _ -> {
          throw failure;
        },
        new TenantCollector(registry, InstantSource.system()).forPartition());
  }
}
