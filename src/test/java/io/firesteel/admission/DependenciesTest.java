package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.THREE;
import static io.firesteel.admission.Sample.TWO;
import static io.firesteel.admission.Sample.failure;
import static io.firesteel.admission.Sample.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.JobState.Queued;
import io.firesteel.event.Outcome;
import io.firesteel.job.Dependency;
import io.firesteel.job.FailureCategory;
import org.junit.jupiter.api.Test;

/** Jobs that wait for other jobs. */
final class DependenciesTest {

  private final World world = new World();

  @Test
  void waitsForTheJobItDependsOn() {
    world.limit("blue", 2);
    world.submit(job("blue", "2").after("1", Dependency.Condition.SUCCESS));
    assertThat(world.waiting(TWO).jobs()).containsExactly("1");

    world.submit(job("blue", "1"));
    assertThat(world.drivers()).containsOnlyKeys(ONE);
    world.finished(ONE, null);
    assertThat(world.drivers()).containsOnlyKeys(TWO);
  }

  @Test
  void failsAllThatDependOnAJobThatFailed() {
    world.limit("blue", 2);
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2").after("1", Dependency.Condition.SUCCESS));
    world.submit(job("blue", "3").after("2", Dependency.Condition.SUCCESS));
    world.finished(ONE, failure(FailureCategory.APPLICATION));

    assertThat(world.result(TWO).failure())
        .extracting("category")
        .isEqualTo(FailureCategory.DEPENDENCY);
    assertThat(world.result(THREE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void refusesACircle() {
    world.submit(job("blue", "1").after("2", Dependency.Condition.COMPLETION));
    world.submit(job("blue", "2").after("3", Dependency.Condition.COMPLETION));
    world.submit(job("blue", "3").after("1", Dependency.Condition.COMPLETION));

    assertThat(world.result(THREE).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.result(THREE).failure()).extracting("reason").isEqualTo("DependencyCycle");
    assertThat(world.stateOf(TWO)).isInstanceOf(Queued.class);
  }

  @Test
  void givesUpOnAJobThatNobodyHasHeardOf() {
    world.submit(job("blue", "1").after("ghost", Dependency.Condition.SUCCESS));
    world.after(AdmissionSettings.DEFAULT.unknownDependencyWait());

    assertThat(world.result(ONE).failure()).extracting("reason").isEqualTo("DependencyUnknown");
  }
}
