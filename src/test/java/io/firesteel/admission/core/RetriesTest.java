package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.failure;
import static io.firesteel.admission.core.SampleJob.job;
import static io.firesteel.admission.core.SampleJob.onFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.JobState.Delayed;
import io.firesteel.event.Outcome;
import io.firesteel.inbox.Observation;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an attempt that failed is followed by another. */
final class RetriesTest {

  private final AdmissionHarness admissionHarness = new AdmissionHarness();

  @Test
  void retriesAfterAPauseThatGrows() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1").retry(onFailure(2, Duration.ofSeconds(10))));

    admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(pause()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    assertThat(admissionHarness.drivers()).isEmpty();

    admissionHarness.after(Duration.ofSeconds(12));
    assertThat(admissionHarness.driver(ONE)).map(d -> d.attempt().number()).contains(2);
    admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(pause()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));

    admissionHarness.after(Duration.ofSeconds(24));
    admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(admissionHarness.result(ONE).attempt()).isEqualTo(3);
    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void freesTheSlotDuringAPause() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1").retry(onFailure(1, Duration.ofMinutes(1))));
    admissionHarness.submit(job("blue", "2"));

    admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));

    assertThat(admissionHarness.drivers()).containsOnlyKeys(TWO);
  }

  @Test
  void doesNotRetryWhatCannotHelp() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1").retry(onFailure(5, Duration.ZERO)));
    admissionHarness.finished(ONE, failure(FailureCategory.IMAGE));

    assertThat(admissionHarness.result(ONE).attempt()).isEqualTo(1);
  }

  @Test
  void countsSubmissionFailuresApartFromRunFailures() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(
        job("blue", "1")
            .retry(
                new RetryPolicy(
                    RetryPolicy.RetryType.ON_FAILURE, 0, Duration.ZERO, 1, Duration.ZERO)));

    admissionHarness.observe(
        new Observation.Rejected(
            admissionHarness.attempt(ONE),
            admissionHarness.now(),
            failure(FailureCategory.CAPACITY)));
    assertThat(admissionHarness.driver(ONE)).map(d -> d.attempt().number()).contains(2);

    admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void givesTheBudgetBackAfterAStableRun() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1").retry(onFailure(1, Duration.ZERO)));
    for (int attempt = 1; attempt <= 4; attempt++) {
      admissionHarness.started(ONE);
      admissionHarness.after(AdmissionSettings.DEFAULT.resetRetriesAfter());
      admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));
    }

    assertThat(admissionHarness.driver(ONE)).map(d -> d.attempt().number()).contains(5);
  }

  @Test
  void startsAgainAfterSuccessWhenTheJobAlwaysRestarts() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(
        job("blue", "1")
            .retry(
                new RetryPolicy(
                    RetryPolicy.RetryType.ALWAYS, 0, Duration.ofSeconds(5), 0, Duration.ZERO)));
    List<AdmissionOutput> outputs = admissionHarness.finished(ONE, null);
    assertThat(AdmissionHarness.kinds(outputs))
        .containsExactly("AttemptSucceeded", "JobRetrying", "JobWaiting");

    admissionHarness.after(Duration.ofSeconds(6));
    assertThat(admissionHarness.driver(ONE)).map(d -> d.attempt().number()).contains(2);
  }

  private Duration pause() {
    return Duration.between(
        admissionHarness.now(), ((Delayed) admissionHarness.stateOf(ONE)).until());
  }
}
