package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.failure;
import static io.firesteel.admission.core.SampleJob.job;
import static io.firesteel.admission.core.SampleJob.onFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.JobState.Admitted;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.inbox.Outputs;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of one job, from its request until it is forgotten. */
final class JobLifeTest {

  private final InMemoryAdmissionStore state = new InMemoryAdmissionStore();
  private final AdmissionHarness admissionHarness =
      new AdmissionHarness(AdmissionSettings.DEFAULT, state);

  @Test
  void answersASecondRequestWithTheStateOfTheFirst() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    List<AdmissionOutput> again = admissionHarness.submit(job("blue", "1"));

    assertThat(AdmissionHarness.kinds(again)).containsExactly("JobDuplicate");
    assertThat(again).noneMatch(AdmissionOutput.SetDesiredDriver.class::isInstance);
  }

  @Test
  void endsAJobWhoseCancellationCameFirst() {
    admissionHarness.limit("blue", 1);
    admissionHarness.cancel(ONE);
    admissionHarness.submit(job("blue", "1"));

    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(admissionHarness.drivers()).isEmpty();
  }

  @Test
  void countsAsDoneWhatWasDoneBeforeTheCancellation() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    var before = admissionHarness.now();
    admissionHarness.after(Duration.ofSeconds(5));
    admissionHarness.cancel(ONE);
    admissionHarness.observe(new Observation.Finished(admissionHarness.attempt(ONE), before, null));

    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void handsTheOutputsOfASuccessfulDriverOn() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    Map<String, JsonNode> values = Map.of("rows", IntNode.valueOf(42));
    admissionHarness.observe(
        new Observation.Finished(
            admissionHarness.attempt(ONE),
            admissionHarness.now(),
            null,
            new Outputs(values, null)));

    assertThat(admissionHarness.result(ONE).outputs()).isEqualTo(values);
  }

  @Test
  void warnsOfUnreadableOutputsAndLetsTheJobSucceed() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    List<AdmissionOutput> outputs =
        admissionHarness.observe(
            new Observation.Finished(
                admissionHarness.attempt(ONE),
                admissionHarness.now(),
                null,
                Outputs.unreadable("is no JSON")));

    assertThat(AdmissionHarness.kinds(outputs)).containsExactly("JobWarning", "JobEnded");
    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(admissionHarness.result(ONE).outputs()).isNull();
  }

  @Test
  void tellsTheClusterSideWhichPodWasSeen() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    assertThat(admissionHarness.driver(ONE)).map(DesiredDriver::podUid).isEmpty();

    admissionHarness.created(ONE);
    assertThat(admissionHarness.driver(ONE)).map(DesiredDriver::podUid).contains("uid-1");
  }

  @Test
  void ignoresWhatIsSaidOfAnAttemptThatIsOver() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1").retry(onFailure(1, Duration.ZERO)));
    var first = admissionHarness.attempt(ONE);
    admissionHarness.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(admissionHarness.stateOf(ONE)).isInstanceOf(Admitted.class);

    List<AdmissionOutput> outputs =
        admissionHarness.observe(new Observation.Finished(first, admissionHarness.now(), null));

    assertThat(outputs).isEmpty();
  }

  @Test
  void forgetsAJobAfterAWhileAndLeavesNothingBehind() {
    admissionHarness.limit("blue", 1);
    int empty = state.size();
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.created(ONE);
    admissionHarness.finished(ONE, null);
    admissionHarness.cancel(TWO);
    admissionHarness.after(AdmissionSettings.DEFAULT.retention());

    assertThat(state.size()).isEqualTo(empty);
    assertThat(admissionHarness.said()).contains(new AdmissionOutput.UpdateStatus(ONE, null));
    assertThat(admissionHarness.said()).doesNotContain(new AdmissionOutput.UpdateStatus(TWO, null));
  }

  @Test
  void numbersEventsWithoutGapsAndInTime() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.clock(admissionHarness.now().minusSeconds(60));
    admissionHarness.created(ONE);
    admissionHarness.finished(ONE, null);

    var events = admissionHarness.events(ONE);
    assertThat(events).extracting("header.sequence").containsExactly(1L, 2L, 3L, 4L);
    assertThat(events).extracting("header.at").isSorted();
    assertThat(events)
        .map(event -> event.event().getClass())
        .last()
        .isEqualTo(JobEvent.JobEnded.class);
  }
}
