package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.START;
import static io.firesteel.admission.Sample.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobResult;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedEvent;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A job id that is used again after it was forgotten. */
final class GenerationsTest {

  private static final Duration REMEMBER = AdmissionSettings.DEFAULT.remember();
  private static final Comparator<PublishedEvent> ORDER =
      Comparator.comparingLong(PublishedEvent::generation)
          .thenComparingLong(PublishedEvent::sequence);

  private final World world = new World();

  @Test
  void isTheTimeOfTheDecisionInMilliseconds() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));

    assertThat(world.attempt(ONE)).isEqualTo(new Attempt(ONE, START.toEpochMilli(), 1));
    assertThat(world.driver(ONE)).hasValueSatisfying(driver -> generation(driver.attempt()));
    assertThat(world.events(ONE).getFirst().id())
        .isEqualTo("blue/1/" + START.toEpochMilli() + "/0000000001");
  }

  private static void generation(Attempt attempt) {
    assertThat(attempt.generation()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void aDuplicateBelongsToTheGenerationThatIsKnown() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    world.clock(START.plusSeconds(5));
    world.submit(job("blue", "1"));

    assertThat(world.events(ONE).getLast().generation()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void whatIsSaidOfAnEarlierGenerationChangesNothing() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    Attempt first = world.attempt(ONE);
    world.finished(ONE, null);
    world.after(REMEMBER);
    world.submit(job("blue", "1"));

    List<Output> outputs = world.observe(new Observation.Finished(first, world.now(), null));

    assertThat(outputs).isEmpty();
    assertThat(world.attempt(ONE).number()).isEqualTo(first.number());
  }

  @Test
  void aRefusedRequestHasOneToo() {
    world.send(
        "blue",
        new InboxMessage.Refused(
            ONE, Sample.origin("bad"), Sample.failure(FailureCategory.REQUEST)));
    world.clock(START.minusSeconds(1));
    world.after(REMEMBER.plusSeconds(1));
    world.clock(START.minusSeconds(1));
    world.submit(job("blue", "1"));

    assertThat(world.results(ONE).getFirst().generation()).isEqualTo(START.toEpochMilli());
    assertThat(world.events(ONE).getLast().generation()).isEqualTo(START.toEpochMilli() + 1);
  }

  @Test
  void oneThatWasCancelledBeforeItCameHasTheTimeOfItsArrival() {
    world.cancel(ONE);
    world.clock(START.plusSeconds(3));
    world.submit(job("blue", "1"));

    JobResult result = world.result(ONE);
    assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(result.generation()).isEqualTo(START.plusSeconds(3).toEpochMilli());
  }

  /** However far the clock goes back between two requests. */
  @Property(tries = 200)
  void eventsAreInOrderAndNoIdComesTwice(
      @ForAll @Size(min = 1, max = 8) List<@LongRange(min = -400, max = 400) Long> hours,
      @ForAll @IntRange(min = 0, max = 3) int duplicates) {
    World lives = new World();
    lives.limit("blue", 1);
    for (long later : hours) {
      lives.clock(lives.now().plus(Duration.ofHours(later)));
      lives.submit(job("blue", "1"));
      for (int i = 0; i < duplicates; i++) {
        lives.submit(job("blue", "1"));
      }
      lives.finished(ONE, null);
      lives.after(REMEMBER);
      assertThat(lives.job(ONE)).isNull();
    }

    List<PublishedEvent> events = lives.events(ONE);
    assertThat(events).isSortedAccordingTo(ORDER);
    assertThat(events).extracting(PublishedEvent::id).doesNotHaveDuplicates();
    assertThat(lives.results(ONE))
        .extracting(JobResult::generation)
        .hasSize(hours.size())
        .doesNotHaveDuplicates();
  }
}
