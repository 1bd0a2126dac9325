package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.THREE;
import static io.firesteel.admission.Sample.TWO;
import static io.firesteel.admission.Sample.failure;
import static io.firesteel.admission.Sample.job;
import static io.firesteel.admission.Sample.limits;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.JobState.Queued;
import io.firesteel.event.Outcome;
import io.firesteel.event.Waiting;
import io.firesteel.event.WaitingReason;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.TenantLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is admitted, and who waits for what: limits, queues, priorities and shares. */
final class AdmissionTest {

  private static final JobKey GREEN = new JobKey("green", "1");

  private final World world = new World();

  @Test
  void waitsWhenTheTenantIsAtItsLimit() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2"));
    world.submit(job("blue", "3"));

    assertThat(world.drivers()).containsOnlyKeys(ONE);
    assertThat(world.waiting(TWO))
        .isEqualTo(new Waiting(WaitingReason.TENANT_LIMIT, 1L, null, List.of()));
    assertThat(world.waiting(THREE).position()).isEqualTo(2);
  }

  @Test
  void startsTheNextJobOnlyWhenTheDriverIsKnownToBeGone() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    world.created(ONE);
    world.submit(job("blue", "2"));

    world.cancel(ONE);
    assertThat(world.driver(ONE)).map(DesiredDriver::stop).contains(true);
    assertThat(world.driver(TWO)).isEmpty();

    world.gone(ONE, failure(FailureCategory.INFRASTRUCTURE));
    assertThat(world.driver(ONE)).isEmpty();
    assertThat(world.driver(TWO)).isPresent();
    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void waitsForATenantThatNobodyHasDefined() {
    world.submit(job("blue", "1"));

    assertThat(world.waiting(ONE).reason()).isEqualTo(WaitingReason.TENANT_UNKNOWN);

    world.limit("blue", 1);
    assertThat(world.driver(ONE)).isPresent();
  }

  @Test
  void takesTheHighestPriorityFirstAndThenTheOldest() {
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2").priority(5));
    world.submit(job("blue", "3").priority(5));

    world.limit("blue", 1);
    assertThat(world.drivers()).containsOnlyKeys(TWO);

    world.finished(TWO, null);
    assertThat(world.drivers()).containsOnlyKeys(THREE);
  }

  @Test
  void movesAWaitingJobToItsNewPriority() {
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2"));
    world.send("blue", new InboxMessage.PriorityChanged(TWO, Sample.origin("p"), 1));

    world.limit("blue", 1);

    assertThat(world.drivers()).containsOnlyKeys(TWO);
  }

  @Test
  void drainsALoweredLimitAndKillsNothing() {
    world.limit("blue", 2);
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2"));
    world.submit(job("blue", "3"));

    world.limit("blue", 1);
    world.finished(ONE, null);
    assertThat(world.drivers()).containsOnlyKeys(TWO);

    world.finished(TWO, null);
    assertThat(world.drivers()).containsOnlyKeys(THREE);
  }

  @Test
  void stopsATenantWhoseLimitIsZero() {
    world.limit("blue", 0);
    world.submit(job("blue", "1"));

    assertThat(world.drivers()).isEmpty();
    assertThat(world.waiting(ONE).reason()).isEqualTo(WaitingReason.TENANT_LIMIT);
  }

  @Test
  void admitsNothingOfASuspendedTenantAndEverythingAfterwards() {
    world.limit("blue", 1);
    world.send("blue", new InboxMessage.TenantSuspended("blue", Sample.origin("s")));
    world.submit(job("blue", "1"));
    assertThat(world.waiting(ONE).reason()).isEqualTo(WaitingReason.SUSPENDED);

    world.send("blue", new InboxMessage.TenantResumed("blue", Sample.origin("r")));
    assertThat(world.driver(ONE)).isPresent();
  }

  @Test
  void refusesWhatTheQueueCannotHoldButNotWhatCanStartAtOnce() {
    world.send(
        "blue", new InboxMessage.TenantDefined(new TenantLimits("blue", "blue", 1, 1, 1, 9)));
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2"));
    world.submit(job("blue", "3"));

    assertThat(world.driver(ONE)).isPresent();
    assertThat(world.stateOf(TWO)).isInstanceOf(Queued.class);
    assertThat(world.result(THREE).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.result(THREE).failure()).extracting("reason").isEqualTo("QueueFull");
  }

  @Test
  void lendsUnusedSharesAndGivesThemBackAsJobsEnd() {
    cohort("blue", 1, 2);
    cohort("green", 1, 2);
    for (String id : List.of("1", "2", "3")) {
      world.submit(job("blue", id).cohort("team"));
    }
    assertThat(world.drivers()).containsOnlyKeys(ONE, TWO);

    world.submit(job("green", "1").cohort("team"));
    assertThat(world.waiting(GREEN).reason()).isEqualTo(WaitingReason.COHORT_LIMIT);

    world.finished(ONE, null);
    assertThat(world.drivers()).containsOnlyKeys(TWO, GREEN);
  }

  @Test
  void dividesACohortByWeight() {
    cohort("blue", 3, 8);
    cohort("green", 1, 8);
    for (int i = 1; i <= 8; i++) {
      world.send("team", new InboxMessage.TenantSuspended("blue", Sample.origin("s")));
      world.send("team", new InboxMessage.TenantSuspended("green", Sample.origin("s")));
      world.submit(job("blue", "" + i).cohort("team"));
      world.submit(job("green", "" + i).cohort("team"));
    }
    cohort("blue", 3, 0);
    world.send("team", new InboxMessage.TenantResumed("blue", Sample.origin("r")));
    world.send("team", new InboxMessage.TenantResumed("green", Sample.origin("r")));
    cohort("blue", 3, 8);

    assertThat(world.drivers().keySet()).filteredOn(key -> key.tenant().equals("blue")).hasSize(6);
    assertThat(world.drivers().keySet()).filteredOn(key -> key.tenant().equals("green")).hasSize(2);
  }

  private void cohort(String tenant, int weight, int max) {
    world.send("team", new InboxMessage.TenantDefined(limits(tenant, "team", 100, weight, max)));
  }
}
