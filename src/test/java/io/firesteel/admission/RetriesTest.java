package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.TWO;
import static io.firesteel.admission.Sample.failure;
import static io.firesteel.admission.Sample.job;
import static io.firesteel.admission.Sample.onFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.JobState.Delayed;
import io.firesteel.event.Outcome;
import io.firesteel.inbox.Observation;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an attempt that failed is followed by another. */
final class RetriesTest {

  private final World world = new World();

  @Test
  void retriesAfterAPauseThatGrows() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(2, Duration.ofSeconds(10))));

    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(pause()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    assertThat(world.drivers()).isEmpty();

    world.after(Duration.ofSeconds(12));
    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(2);
    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(pause()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));

    world.after(Duration.ofSeconds(24));
    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(world.result(ONE).attempt()).isEqualTo(3);
    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void freesTheSlotDuringAPause() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(1, Duration.ofMinutes(1))));
    world.submit(job("blue", "2"));

    world.finished(ONE, failure(FailureCategory.APPLICATION));

    assertThat(world.drivers()).containsOnlyKeys(TWO);
  }

  @Test
  void doesNotRetryWhatCannotHelp() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(5, Duration.ZERO)));
    world.finished(ONE, failure(FailureCategory.IMAGE));

    assertThat(world.result(ONE).attempt()).isEqualTo(1);
  }

  @Test
  void countsSubmissionFailuresApartFromRunFailures() {
    world.limit("blue", 1);
    world.submit(
        job("blue", "1")
            .retry(
                new RetryPolicy(RetryPolicy.Type.ON_FAILURE, 0, Duration.ZERO, 1, Duration.ZERO)));

    world.observe(
        new Observation.Rejected(
            world.attempt(ONE), world.now(), failure(FailureCategory.CAPACITY)));
    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(2);

    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void givesTheBudgetBackAfterAStableRun() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(1, Duration.ZERO)));
    for (int attempt = 1; attempt <= 4; attempt++) {
      world.started(ONE);
      world.after(AdmissionSettings.DEFAULT.stableRun());
      world.finished(ONE, failure(FailureCategory.APPLICATION));
    }

    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(5);
  }

  @Test
  void startsAgainAfterSuccessWhenTheJobAlwaysRestarts() {
    world.limit("blue", 1);
    world.submit(
        job("blue", "1")
            .retry(
                new RetryPolicy(
                    RetryPolicy.Type.ALWAYS, 0, Duration.ofSeconds(5), 0, Duration.ZERO)));
    List<Output> outputs = world.finished(ONE, null);
    assertThat(World.kinds(outputs))
        .containsExactly("AttemptSucceeded", "Retrying", "StillWaiting");

    world.after(Duration.ofSeconds(6));
    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(2);
  }

  private Duration pause() {
    return Duration.between(world.now(), ((Delayed) world.stateOf(ONE)).until());
  }
}
