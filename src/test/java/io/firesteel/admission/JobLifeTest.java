package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.TWO;
import static io.firesteel.admission.Sample.failure;
import static io.firesteel.admission.Sample.job;
import static io.firesteel.admission.Sample.onFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.JobState.Admitted;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.inbox.Observation;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of one job, from its request until it is forgotten. */
final class JobLifeTest {

  private final MemoryState state = new MemoryState();
  private final World world = new World(AdmissionSettings.DEFAULT, state);

  @Test
  void answersASecondRequestWithTheStateOfTheFirst() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    List<Output> again = world.submit(job("blue", "1"));

    assertThat(World.kinds(again)).containsExactly("Duplicate");
    assertThat(again).noneMatch(Output.Drive.class::isInstance);
  }

  @Test
  void endsAJobWhoseCancellationCameFirst() {
    world.limit("blue", 1);
    world.cancel(ONE);
    world.submit(job("blue", "1"));

    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(world.drivers()).isEmpty();
  }

  @Test
  void countsAsDoneWhatWasDoneBeforeTheCancellation() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    var before = world.now();
    world.after(Duration.ofSeconds(5));
    world.cancel(ONE);
    world.observe(new Observation.Finished(world.attempt(ONE), before, null));

    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void tellsTheClusterSideWhichPodWasSeen() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    assertThat(world.driver(ONE)).map(DesiredDriver::podUid).isEmpty();

    world.created(ONE);
    assertThat(world.driver(ONE)).map(DesiredDriver::podUid).contains("uid-1");
  }

  @Test
  void ignoresWhatIsSaidOfAnAttemptThatIsOver() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(1, Duration.ZERO)));
    var first = world.attempt(ONE);
    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(world.stateOf(ONE)).isInstanceOf(Admitted.class);

    List<Output> outputs = world.observe(new Observation.Finished(first, world.now(), null));

    assertThat(outputs).isEmpty();
  }

  @Test
  void forgetsAJobAfterAWhileAndLeavesNothingBehind() {
    world.limit("blue", 1);
    int empty = state.size();
    world.submit(job("blue", "1"));
    world.created(ONE);
    world.finished(ONE, null);
    world.cancel(TWO);
    world.after(AdmissionSettings.DEFAULT.remember());

    assertThat(state.size()).isEqualTo(empty);
    assertThat(world.said()).contains(new Output.Report(ONE, null));
    assertThat(world.said()).doesNotContain(new Output.Report(TWO, null));
  }

  @Test
  void numbersEventsWithoutGapsAndInTime() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    world.clock(world.now().minusSeconds(60));
    world.created(ONE);
    world.finished(ONE, null);

    var events = world.events(ONE);
    assertThat(events).extracting("sequence").containsExactly(1L, 2L, 3L, 4L);
    assertThat(events).extracting("at").isSorted();
    assertThat(events)
        .map(event -> event.event().getClass())
        .last()
        .isEqualTo(JobEvent.Ended.class);
  }
}
