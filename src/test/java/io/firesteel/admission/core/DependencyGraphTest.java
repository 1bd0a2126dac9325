package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.THREE;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.failure;
import static io.firesteel.admission.core.SampleJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.event.Outcome;
import io.firesteel.job.Dependency;
import io.firesteel.job.FailureCategory;
import org.junit.jupiter.api.Test;

/** Jobs that wait for other jobs. */
final class DependencyGraphTest {

  private final AdmissionHarness admissionHarness = new AdmissionHarness();

  @Test
  void waitsForTheJobItDependsOn() {
    admissionHarness.limit("blue", 2);
    admissionHarness.submit(job("blue", "2").after("1", Dependency.Condition.SUCCESS));
    assertThat(admissionHarness.waiting(TWO).jobs()).containsExactly("1");

    admissionHarness.submit(job("blue", "1"));
    assertThat(admissionHarness.drivers()).containsOnlyKeys(ONE);
    admissionHarness.finished(ONE, null);
    assertThat(admissionHarness.drivers()).containsOnlyKeys(TWO);
  }

  @Test
  void failsAllThatDependOnAJobThatFailed() {
    admissionHarness.limit("blue", 2);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2").after("1", Dependency.Condition.SUCCESS));
    admissionHarness.submit(job("blue", "3").after("2", Dependency.Condition.SUCCESS));
    admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));

    assertThat(admissionHarness.result(TWO).failure())
        .extracting("category")
        .isEqualTo(FailureCategory.DEPENDENCY);
    assertThat(admissionHarness.result(THREE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void refusesACircle() {
    admissionHarness.submit(job("blue", "1").after("2", Dependency.Condition.COMPLETION));
    admissionHarness.submit(job("blue", "2").after("3", Dependency.Condition.COMPLETION));
    admissionHarness.submit(job("blue", "3").after("1", Dependency.Condition.COMPLETION));

    assertThat(admissionHarness.result(THREE).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(admissionHarness.result(THREE).failure())
        .extracting("reason")
        .isEqualTo("DependencyCycle");
    assertThat(admissionHarness.stateOf(TWO)).isInstanceOf(Queued.class);
  }

  @Test
  void givesUpOnAJobThatNobodyHasHeardOf() {
    admissionHarness.submit(job("blue", "1").after("ghost", Dependency.Condition.SUCCESS));
    admissionHarness.after(AdmissionSettings.DEFAULT.unknownDependencyWait());

    assertThat(admissionHarness.result(ONE).failure())
        .extracting("reason")
        .isEqualTo("DependencyUnknown");
  }
}
