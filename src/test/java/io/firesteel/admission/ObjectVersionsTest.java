package io.firesteel.admission;

import static io.firesteel.admission.Sample.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.Outcome;
import io.firesteel.job.Dependency;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A writing of an object that is told late starts nothing. */
final class ObjectVersionsTest {

  private static final JobKey OLDER = new JobKey("blue", "older");

  private final MemoryState state = new MemoryState();
  private final World world = new World(AdmissionSettings.DEFAULT, state);

  @Test
  void refusesAnOlderWritingAndSaysWhy() {
    world.limit("blue", 9);
    world.submit(job("blue", "newer").version("a", "2"));

    world.submit(job("blue", "older").version("a", "1"));

    assertThat(world.drivers()).doesNotContainKey(OLDER);
    assertThat(world.result(OLDER).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(Objects.requireNonNull(world.result(OLDER).failure()).reason())
        .isEqualTo("ObjectOutdated");
  }

  @Test
  void letsNewerOnesAndOtherObjectsIn() {
    world.limit("blue", 9);
    world.limit("green", 9);
    world.submit(job("blue", "1").version("a", "2"));
    world.submit(job("blue", "2").version("a", "2"));
    world.submit(job("blue", "3").version("a", "3"));
    world.submit(job("blue", "4").version("b", "1"));
    world.submit(job("green", "5").version("a", "1"));

    assertThat(world.drivers()).hasSize(5);
  }

  @Test
  void doesNotCountAWritingThatWasNotLetIn() {
    world.limit("blue", 0);
    world.submit(
        job("blue", "newer").version("a", "2").after("newer", Dependency.Condition.SUCCESS));
    world.submit(job("blue", "older").version("a", "1"));

    assertThat(world.results(OLDER)).isEmpty();
  }

  @Test
  void forgetsAWritingTogetherWithItsJob() {
    world.limit("blue", 9);
    int before = state.size();
    world.submit(job("blue", "newer").version("a", "2"));
    world.submit(job("blue", "newest").version("a", "3"));
    world.finished(new JobKey("blue", "newer"), null);
    world.after(Duration.ofDays(8));
    world.submit(job("blue", "older").version("a", "1"));
    assertThat(world.result(OLDER).outcome()).isEqualTo(Outcome.REFUSED);

    world.finished(new JobKey("blue", "newest"), null);
    world.after(Duration.ofDays(8));

    assertThat(state.size()).isEqualTo(before);
  }
}
