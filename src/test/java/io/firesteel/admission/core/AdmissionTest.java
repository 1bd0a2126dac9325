package io.firesteel.admission.core;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.THREE;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.failure;
import static io.firesteel.admission.core.SampleJob.job;
import static io.firesteel.admission.core.SampleJob.limits;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.event.Outcome;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.TenantLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is admitted, and who waits for what: limits, queues, priorities and shares. */
final class AdmissionTest {

  private static final JobKey GREEN = new JobKey("green", "1");

  private final AdmissionHarness admissionHarness = new AdmissionHarness();

  @Test
  void waitsWhenTheTenantIsAtItsLimit() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2"));
    admissionHarness.submit(job("blue", "3"));

    assertThat(admissionHarness.drivers()).containsOnlyKeys(ONE);
    assertThat(admissionHarness.waiting(TWO))
        .isEqualTo(new WaitingStatus(WaitingReason.TENANT_LIMIT, 1L, null, List.of()));
    assertThat(admissionHarness.waiting(THREE).position()).isEqualTo(2);
  }

  @Test
  void startsTheNextJobOnlyWhenTheDriverIsKnownToBeGone() {
    admissionHarness.limit("blue", 1);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.created(ONE);
    admissionHarness.submit(job("blue", "2"));

    admissionHarness.cancel(ONE);
    assertThat(admissionHarness.driver(ONE)).map(DesiredDriver::stop).contains(true);
    assertThat(admissionHarness.driver(TWO)).isEmpty();

    admissionHarness.gone(ONE, failure(FailureCategory.INFRASTRUCTURE));
    assertThat(admissionHarness.driver(ONE)).isEmpty();
    assertThat(admissionHarness.driver(TWO)).isPresent();
    assertThat(admissionHarness.result(ONE).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void waitsForATenantThatNobodyHasDefined() {
    admissionHarness.submit(job("blue", "1"));

    assertThat(admissionHarness.waiting(ONE).reason()).isEqualTo(WaitingReason.TENANT_UNKNOWN);

    admissionHarness.limit("blue", 1);
    assertThat(admissionHarness.driver(ONE)).isPresent();
  }

  @Test
  void takesTheHighestPriorityFirstAndThenTheOldest() {
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2").priority(5));
    admissionHarness.submit(job("blue", "3").priority(5));

    admissionHarness.limit("blue", 1);
    assertThat(admissionHarness.drivers()).containsOnlyKeys(TWO);

    admissionHarness.finished(TWO, null);
    assertThat(admissionHarness.drivers()).containsOnlyKeys(THREE);
  }

  @Test
  void movesAWaitingJobToItsNewPriority() {
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2"));
    admissionHarness.send("blue", new InboxMessage.PriorityChanged(TWO, SampleJob.origin("p"), 1));

    admissionHarness.limit("blue", 1);

    assertThat(admissionHarness.drivers()).containsOnlyKeys(TWO);
  }

  @Test
  void drainsALoweredLimitAndKillsNothing() {
    admissionHarness.limit("blue", 2);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2"));
    admissionHarness.submit(job("blue", "3"));

    admissionHarness.limit("blue", 1);
    admissionHarness.finished(ONE, null);
    assertThat(admissionHarness.drivers()).containsOnlyKeys(TWO);

    admissionHarness.finished(TWO, null);
    assertThat(admissionHarness.drivers()).containsOnlyKeys(THREE);
  }

  @Test
  void stopsATenantWhoseLimitIsZero() {
    admissionHarness.limit("blue", 0);
    admissionHarness.submit(job("blue", "1"));

    assertThat(admissionHarness.drivers()).isEmpty();
    assertThat(admissionHarness.waiting(ONE).reason()).isEqualTo(WaitingReason.TENANT_LIMIT);
  }

  @Test
  void admitsNothingOfASuspendedTenantAndEverythingAfterwards() {
    admissionHarness.limit("blue", 1);
    admissionHarness.send("blue", new InboxMessage.TenantSuspended("blue", SampleJob.origin("s")));
    admissionHarness.submit(job("blue", "1"));
    assertThat(admissionHarness.waiting(ONE).reason()).isEqualTo(WaitingReason.SUSPENDED);

    admissionHarness.send("blue", new InboxMessage.TenantResumed("blue", SampleJob.origin("r")));
    assertThat(admissionHarness.driver(ONE)).isPresent();
  }

  @Test
  void refusesWhatTheQueueCannotHoldButNotWhatCanStartAtOnce() {
    admissionHarness.send(
        "blue", new InboxMessage.TenantDefined(new TenantLimits("blue", "blue", 1, 1, 1, 9)));
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2"));
    admissionHarness.submit(job("blue", "3"));

    assertThat(admissionHarness.driver(ONE)).isPresent();
    assertThat(admissionHarness.stateOf(TWO)).isInstanceOf(Queued.class);
    assertThat(admissionHarness.result(THREE).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(admissionHarness.result(THREE).failure())
        .extracting("reason")
        .isEqualTo("QueueFull");
  }

  @Test
  void queuesTheJobOfAScheduleWhenTheQueueIsFullBecauseNobodyCanSendItAgain() {
    admissionHarness.send(
        "blue", new InboxMessage.TenantDefined(new TenantLimits("blue", "blue", 1, 0, 1, 9)));
    admissionHarness.submit(job("blue", "1").scheduled());
    admissionHarness.submit(job("blue", "2").scheduled());

    assertThat(admissionHarness.stateOf(TWO)).isInstanceOf(Queued.class);
  }

  @Test
  void lendsUnusedSharesAndGivesThemBackAsJobsEnd() {
    cohort("blue", 1, 2);
    cohort("green", 1, 2);
    for (String id : List.of("1", "2", "3")) {
      admissionHarness.submit(job("blue", id).cohort("team"));
    }
    assertThat(admissionHarness.drivers()).containsOnlyKeys(ONE, TWO);

    admissionHarness.submit(job("green", "1").cohort("team"));
    assertThat(admissionHarness.waiting(GREEN).reason()).isEqualTo(WaitingReason.COHORT_LIMIT);

    admissionHarness.finished(ONE, null);
    assertThat(admissionHarness.drivers()).containsOnlyKeys(TWO, GREEN);
  }

  @Test
  void dividesACohortByWeight() {
    cohort("blue", 3, 8);
    cohort("green", 1, 8);
    for (int i = 1; i <= 8; i++) {
      admissionHarness.send(
          "team", new InboxMessage.TenantSuspended("blue", SampleJob.origin("s")));
      admissionHarness.send(
          "team", new InboxMessage.TenantSuspended("green", SampleJob.origin("s")));
      admissionHarness.submit(job("blue", "" + i).cohort("team"));
      admissionHarness.submit(job("green", "" + i).cohort("team"));
    }
    cohort("blue", 3, 0);
    admissionHarness.send("team", new InboxMessage.TenantResumed("blue", SampleJob.origin("r")));
    admissionHarness.send("team", new InboxMessage.TenantResumed("green", SampleJob.origin("r")));
    cohort("blue", 3, 8);

    assertThat(admissionHarness.drivers().keySet())
        .filteredOn(key -> key.tenant().equals("blue"))
        .hasSize(6);
    assertThat(admissionHarness.drivers().keySet())
        .filteredOn(key -> key.tenant().equals("green"))
        .hasSize(2);
  }

  private void cohort(String tenant, int weight, int max) {
    admissionHarness.send(
        "team", new InboxMessage.TenantDefined(limits(tenant, "team", 100, weight, max)));
  }
}
