package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobResult;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedJobEvent;
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

  private static final Duration REMEMBER = AdmissionSettings.DEFAULT.retention();
  private static final Comparator<PublishedJobEvent> ORDER =
      Comparator.comparingLong(PublishedJobEvent::generation)
          .thenComparingLong(event -> event.header().sequence());

  private final AdmissionHarness admissionHarness = new AdmissionHarness();

  @Test
  void isTheTimeOfTheDecisionInMilliseconds() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));

    assertThat(admissionHarness.attempt(ONE)).isEqualTo(new Attempt(ONE, START.toEpochMilli(), 1));
    assertThat(admissionHarness.driver(ONE))
        .hasValueSatisfying(driver -> generation(driver.attempt()));
    assertThat(admissionHarness.events(ONE).getFirst().id())
        .isEqualTo("blue/1/" + START.toEpochMilli() + "/0000000001");
  }

  private static void generation(Attempt attempt) {
    assertThat(attempt.generation()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void aDuplicateBelongsToTheGenerationThatIsKnown() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.clock(START.plusSeconds(5));
    admissionHarness.submit(job("blue", "1"));

    assertThat(admissionHarness.events(ONE).getLast().generation()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void whatIsSaidOfAnEarlierGenerationChangesNothing() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    Attempt first = admissionHarness.attempt(ONE);
    admissionHarness.finished(ONE, null);
    admissionHarness.after(REMEMBER);
    admissionHarness.submit(job("blue", "1"));

    List<AdmissionOutput> outputs =
        admissionHarness.observe(new Observation.Finished(first, admissionHarness.now(), null));

    assertThat(outputs).isEmpty();
    assertThat(admissionHarness.attempt(ONE).number()).isEqualTo(first.number());
  }

  @Test
  void aRefusedRequestHasOneToo() {
    admissionHarness.send(
        "blue",
        new InboxMessage.JobRejected(
            ONE, SampleJob.origin("bad"), SampleJob.failure(FailureCategory.REQUEST)));
    admissionHarness.clock(START.minusSeconds(1));
    admissionHarness.after(REMEMBER.plusSeconds(1));
    admissionHarness.clock(START.minusSeconds(1));
    admissionHarness.submit(job("blue", "1"));

    assertThat(admissionHarness.results(ONE).getFirst().generation())
        .isEqualTo(START.toEpochMilli());
    assertThat(admissionHarness.events(ONE).getLast().generation())
        .isEqualTo(START.toEpochMilli() + 1);
  }

  @Test
  void oneThatWasCancelledBeforeItCameHasTheTimeOfItsArrival() {
    admissionHarness.cancel(ONE);
    admissionHarness.clock(START.plusSeconds(3));
    admissionHarness.submit(job("blue", "1"));

    JobResult result = admissionHarness.result(ONE);
    assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(result.generation()).isEqualTo(START.plusSeconds(3).toEpochMilli());
  }

  /** However far the clock goes back between two requests. */
  @Property(tries = 200)
  void eventsAreInOrderAndNoIdComesTwice(
      @ForAll @Size(min = 1, max = 8) List<@LongRange(min = -400, max = 400) Long> hours,
      @ForAll @IntRange(min = 0, max = 3) int duplicates) {
    AdmissionHarness lives = new AdmissionHarness();
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

    List<PublishedJobEvent> events = lives.events(ONE);
    assertThat(events).isSortedAccordingTo(ORDER);
    assertThat(events).extracting(PublishedJobEvent::id).doesNotHaveDuplicates();
    assertThat(lives.results(ONE))
        .extracting(JobResult::generation)
        .hasSize(hours.size())
        .doesNotHaveDuplicates();
  }
}
