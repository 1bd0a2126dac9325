package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.failure;
import static io.firesteel.admission.core.SampleJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.Outcome;
import io.firesteel.job.Deadlines;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs whose time is up, in the queue or while they run. */
final class DeadlinesTest {

  private final AdmissionHarness admissionHarness = new AdmissionHarness();

  @Test
  void expiresInTheQueue() {
    admissionHarness.submit(
        job("blue", "1")
            .deadlines(new Deadlines(admissionHarness.now().plusSeconds(60), null, null, null)));
    admissionHarness.after(Duration.ofSeconds(59));
    assertThat(admissionHarness.results(ONE)).isEmpty();

    admissionHarness.after(Duration.ofSeconds(1));
    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.EXPIRED);
  }

  /** Kubernetes says when a driver started only to the second. */
  @Test
  void neverStopsADriverTooEarlyBecauseOfACutOffTime() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(
        job("blue", "1").deadlines(new Deadlines(null, null, Duration.ofMinutes(1), null)));
    Instant second = admissionHarness.now();
    admissionHarness.after(Duration.ofMillis(600));
    admissionHarness.started(ONE, second);

    assertThat(admissionHarness.after(Duration.ofMillis(59_900))).isEmpty();
    assertThat(AdmissionHarness.kinds(admissionHarness.after(Duration.ofMillis(100))))
        .containsExactly("JobDeadlinePassed");
  }

  @Test
  void stopsADriverThatRunsForTooLong() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(
        job("blue", "1").deadlines(new Deadlines(null, null, Duration.ofMinutes(1), null)));
    admissionHarness.started(ONE);
    List<AdmissionOutput> outputs = admissionHarness.after(Duration.ofMinutes(1));
    assertThat(AdmissionHarness.kinds(outputs)).containsExactly("JobDeadlinePassed");
    assertThat(admissionHarness.results(ONE)).isEmpty();

    admissionHarness.gone(ONE, failure(FailureCategory.INFRASTRUCTURE));
    assertThat(admissionHarness.result(ONE).failure())
        .extracting("reason")
        .isEqualTo("RunWithinExceeded");
    assertThat(admissionHarness.result(ONE).failure())
        .extracting("message")
        .isEqualTo("The driver ran for longer than 1m (deadline.runWithin)");
  }
}
