package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.THREE;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.at;
import static io.firesteel.admission.core.SampleJob.job;
import static io.firesteel.admission.core.SampleJob.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobResult;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.TenantLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job that was refused never ran, so its id can be used again. */
final class RefusedJobsTest {

  private final AdmissionHarness admissionHarness = new AdmissionHarness();

  @Test
  void aRequestRefusedForAFullQueueRunsWhenItIsPublishedAgain() {
    fillTheQueue();
    admissionHarness.submit(job("blue", "3").published(3));
    admissionHarness.finished(ONE, null);
    admissionHarness.finished(TWO, null);

    admissionHarness.submit(job("blue", "3").published(4));
    admissionHarness.finished(THREE, null);

    assertThat(admissionHarness.results(THREE))
        .extracting(JobResult::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.SUCCEEDED);
    assertThat(admissionHarness.results(THREE))
        .extracting(JobResult::generation)
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(admissionHarness.events(THREE))
        .extracting(event -> event.header().sequence())
        .containsExactly(1L, 1L, 2L, 3L);
  }

  @Test
  void aRequestPublishedAgainMayBeRefusedAgainWithAResultOfItsOwn() {
    fillTheQueue();
    admissionHarness.submit(job("blue", "3").published(3));
    admissionHarness.submit(job("blue", "3").published(4));

    assertThat(admissionHarness.results(THREE))
        .extracting(JobResult::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.REFUSED);
    assertThat(admissionHarness.results(THREE))
        .extracting(JobResult::generation)
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameRecordOfARefusedRequestReadAgainIsADuplicate() {
    fillTheQueue();
    admissionHarness.submit(job("blue", "3").published(3));
    admissionHarness.finished(ONE, null);
    admissionHarness.finished(TWO, null);

    List<AdmissionOutput> again = admissionHarness.submit(job("blue", "3").published(3));

    assertThat(AdmissionHarness.kinds(again)).containsExactly("JobDuplicate");
    assertThat(AdmissionHarness.events(again).map(PublishedJobEvent::event))
        .extracting("outcome")
        .containsExactly(Outcome.REFUSED);
    assertThat(admissionHarness.driver(THREE)).isEmpty();
  }

  @Test
  void recordsBeforeTheLastRefusedOneReadAgainAreDuplicates() {
    fillTheQueue();
    admissionHarness.submit(job("blue", "3").published(3));
    admissionHarness.submit(job("blue", "3").published(4));
    admissionHarness.finished(ONE, null);
    admissionHarness.finished(TWO, null);

    assertThat(AdmissionHarness.kinds(admissionHarness.submit(job("blue", "3").published(3))))
        .containsExactly("JobDuplicate");
    assertThat(AdmissionHarness.kinds(admissionHarness.submit(job("blue", "3").published(4))))
        .containsExactly("JobDuplicate");
  }

  @Test
  void requestsRefusedInSeveralPartitionsAreDuplicatesWhenTheyAreReadAgain() {
    refuse(position(0, 7));
    refuse(position(1, 3));
    refuse(position(2, 5));

    assertThat(AdmissionHarness.kinds(refuse(position(0, 7)))).containsExactly("JobDuplicate");
    assertThat(AdmissionHarness.kinds(refuse(position(1, 2)))).containsExactly("JobDuplicate");
    assertThat(AdmissionHarness.kinds(refuse(position(2, 5)))).containsExactly("JobDuplicate");
    assertThat(admissionHarness.results(ONE)).hasSize(3);
  }

  @Test
  void aRequestRefusedBeforeOneInAnotherPartitionDoesNotRunWhenItIsReadAgain() {
    fillTheQueue();
    admissionHarness.submit(job("blue", "3").published(position(0, 3)));
    admissionHarness.submit(job("blue", "3").published(position(1, 1)));
    admissionHarness.finished(ONE, null);
    admissionHarness.finished(TWO, null);

    assertThat(
            AdmissionHarness.kinds(
                admissionHarness.submit(job("blue", "3").published(position(0, 3)))))
        .containsExactly("JobDuplicate");
    assertThat(admissionHarness.driver(THREE)).isEmpty();
    admissionHarness.submit(job("blue", "3").published(position(0, 4)));
    assertThat(admissionHarness.driver(THREE)).isPresent();
  }

  @Test
  void aCancellationFromBeforeAnEarlierRefusedRequestLeavesTheJobAlone() {
    admissionHarness.limit("blue", 1);
    refuse(position(0, 7));
    admissionHarness.submit(job("blue", "1").published(position(1, 1)));

    assertThat(AdmissionHarness.kinds(cancel(position(0, 6)))).containsExactly("JobUnchanged");
    assertThat(AdmissionHarness.kinds(cancel(position(0, 8)))).containsExactly("JobCancelling");
  }

  @Test
  void aJobRemembersRefusedRequestsOfABoundedNumberOfPartitions() {
    for (int partition = 0; partition < 40; partition++) {
      refuse(position(partition, 1));
    }

    assertThat(AdmissionHarness.kinds(refuse(position(39, 1)))).containsExactly("JobDuplicate");
    assertThat(AdmissionHarness.kinds(refuse(position(7, 1)))).containsExactly("JobDuplicate");
    assertThat(AdmissionHarness.kinds(refuse(position(6, 1)))).containsExactly("JobEnded");
  }

  @Test
  void aRequestThatIntakeRefusedRunsWhenItIsCorrected() {
    admissionHarness.limit("blue", 1);
    refuse(7);
    admissionHarness.submit(job("blue", "1").published(8));

    assertThat(admissionHarness.driver(ONE)).isPresent();
    assertThat(AdmissionHarness.kinds(refuse(7))).containsExactly("JobDuplicate");
  }

  @Test
  void aRequestThatIntakeRefusesAgainHasAResultOfItsOwn() {
    refuse(7);
    refuse(8);

    assertThat(AdmissionHarness.kinds(refuse(8))).containsExactly("JobDuplicate");
    assertThat(admissionHarness.results(ONE))
        .extracting(JobResult::generation)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void aCancellationOfTheRefusedRequestReadAgainLeavesTheLaterRequestAlone() {
    admissionHarness.limit("blue", 1);
    refuse(7);
    cancel(8);
    admissionHarness.submit(job("blue", "1").published(9));

    assertThat(AdmissionHarness.kinds(cancel(8))).containsExactly("JobUnchanged");
    assertThat(AdmissionHarness.kinds(cancel(10))).containsExactly("JobCancelling");
  }

  @Test
  void aJobThatRanStaysADuplicateWhereverItsRequestWasRead() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1").published(1));
    admissionHarness.finished(ONE, null);

    assertThat(AdmissionHarness.kinds(admissionHarness.submit(job("blue", "1").published(2))))
        .containsExactly("JobDuplicate");
    assertThat(AdmissionHarness.kinds(refuse(3))).containsExactly("JobDuplicate");
  }

  @Test
  void nothingOfARefusedJobIsLeftAfterItsSecondRequestIsForgotten() {
    InMemoryAdmissionStore store = new InMemoryAdmissionStore();
    AdmissionHarness lives = new AdmissionHarness(AdmissionSettings.DEFAULT, store);
    lives.limit("blue", 1);
    int empty = store.size();
    lives.send("blue", refusal(at(7)));
    lives.clock(lives.now().plus(Duration.ofDays(1)));
    lives.submit(job("blue", "1").published(8));
    lives.finished(ONE, null);
    lives.after(AdmissionSettings.DEFAULT.retention());

    assertThat(store.size()).isEqualTo(empty);
  }

  @Test
  void arrivalsOfATriggerBeyondMaxQueuedAllRun() {
    int arrivals = 10_000;
    InMemoryAdmissionStore store = new InMemoryAdmissionStore();
    AdmissionHarness lives = AdmissionHarness.unchecked(AdmissionSettings.DEFAULT, store);
    lives.send(
        "blue",
        new InboxMessage.TenantDefined(new TenantLimits("blue", "blue", 100, 1_000, 1, 100)));
    for (int i = 0; i < arrivals; i++) {
      lives.submit(job("blue", "" + i).triggered().published(i));
    }
    while (!lives.drivers().isEmpty()) {
      List.copyOf(lives.drivers().keySet()).forEach(key -> lives.finished(key, null));
    }

    assertThat(AdmissionHarness.events(lives.said()))
        .filteredOn(event -> event.event() instanceof JobEvent.JobEnded)
        .hasSize(arrivals)
        .allSatisfy(event ->
            assertThat(((JobEvent.JobEnded) event.event()).result().outcome())
                .isEqualTo(Outcome.SUCCEEDED));
    assertThat(((Ended) lives.stateOf(new JobKey("blue", "9999"))).outcome())
        .isEqualTo(Outcome.SUCCEEDED);
  }

  /** One job runs and one waits, which is all that the tenant may have. */
  private void fillTheQueue() {
    admissionHarness.send(
        "blue", new InboxMessage.TenantDefined(new TenantLimits("blue", "blue", 1, 1, 1, 9)));
    admissionHarness.submit(job("blue", "1").published(1));
    admissionHarness.submit(job("blue", "2").published(2));
  }

  private List<AdmissionOutput> refuse(long offset) {
    return refuse(at(offset));
  }

  private List<AdmissionOutput> refuse(RecordPosition record) {
    return admissionHarness.send("blue", refusal(record));
  }

  private List<AdmissionOutput> cancel(long offset) {
    return cancel(at(offset));
  }

  private List<AdmissionOutput> cancel(RecordPosition record) {
    return admissionHarness.send(
        "blue", new InboxMessage.CancelRequested(ONE, origin("cancel", record), null));
  }

  private static InboxMessage refusal(RecordPosition record) {
    return new InboxMessage.JobRejected(
        ONE, origin("bad", record), SampleJob.failure(FailureCategory.REQUEST));
  }

  private static RecordPosition position(int partition, long offset) {
    return new RecordPosition("spark-job-requests", partition, offset);
  }
}
