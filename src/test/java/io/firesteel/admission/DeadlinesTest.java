package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.failure;
import static io.firesteel.admission.Sample.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.Outcome;
import io.firesteel.job.Deadlines;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs whose time is up, in the queue or while they run. */
final class DeadlinesTest {

  private final World world = new World();

  @Test
  void expiresInTheQueue() {
    world.submit(
        job("blue", "1").deadlines(new Deadlines(world.now().plusSeconds(60), null, null, null)));
    world.after(Duration.ofSeconds(59));
    assertThat(world.results(ONE)).isEmpty();

    world.after(Duration.ofSeconds(1));
    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.EXPIRED);
  }

  @Test
  void stopsADriverThatRunsForTooLong() {
    world.limit("blue", 1);
    world.submit(
        job("blue", "1").deadlines(new Deadlines(null, null, Duration.ofMinutes(1), null)));
    world.started(ONE);
    List<Output> outputs = world.after(Duration.ofMinutes(1));
    assertThat(World.kinds(outputs)).containsExactly("DeadlinePassed");
    assertThat(world.results(ONE)).isEmpty();

    world.gone(ONE, failure(FailureCategory.INFRASTRUCTURE));
    assertThat(world.result(ONE).failure()).extracting("reason").isEqualTo("RunDeadlinePassed");
  }
}
