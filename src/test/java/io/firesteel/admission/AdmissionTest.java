package io.firesteel.admission;

import static io.firesteel.admission.Sample.failure;
import static io.firesteel.admission.Sample.job;
import static io.firesteel.admission.Sample.limits;
import static io.firesteel.admission.Sample.onFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.JobState.Admitted;
import io.firesteel.admission.JobState.Delayed;
import io.firesteel.admission.JobState.Queued;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.Waiting;
import io.firesteel.event.WaitingReason;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.TenantLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules, one by one. */
final class AdmissionTest {

  private static final JobKey ONE = new JobKey("blue", "1");
  private static final JobKey TWO = new JobKey("blue", "2");
  private static final JobKey THREE = new JobKey("blue", "3");
  private static final JobKey GREEN = new JobKey("green", "1");

  private final MemoryState state = new MemoryState();
  private final World world = new World(AdmissionSettings.DEFAULT, state);

  @Test
  void waitsWhenTheTenantIsAtItsLimit() {
    world.limit("blue", 1);
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2"));
    world.submit(job("blue", "3"));

    assertThat(world.drivers()).containsOnlyKeys(ONE);
    assertThat(waiting(TWO))
        .isEqualTo(new Waiting(WaitingReason.TENANT_LIMIT, 1L, null, List.of()));
    assertThat(waiting(THREE).position()).isEqualTo(2);
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

    assertThat(waiting(ONE).reason()).isEqualTo(WaitingReason.TENANT_UNKNOWN);

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
    assertThat(waiting(ONE).reason()).isEqualTo(WaitingReason.TENANT_LIMIT);
  }

  @Test
  void admitsNothingOfASuspendedTenantAndEverythingAfterwards() {
    world.limit("blue", 1);
    world.send("blue", new InboxMessage.TenantSuspended("blue", Sample.origin("s")));
    world.submit(job("blue", "1"));
    assertThat(waiting(ONE).reason()).isEqualTo(WaitingReason.SUSPENDED);

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
    assertThat(waiting(GREEN).reason()).isEqualTo(WaitingReason.COHORT_LIMIT);

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
  void retriesAfterAPauseThatGrows() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(2, Duration.ofSeconds(10))));

    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(pause()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    assertThat(world.drivers()).isEmpty();

    world.after(Duration.ofSeconds(12));
    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(2);
    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(pause()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));

    world.after(Duration.ofSeconds(24));
    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(world.result(ONE).attempt()).isEqualTo(3);
    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void freesTheSlotDuringAPause() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(1, Duration.ofMinutes(1))));
    world.submit(job("blue", "2"));

    world.finished(ONE, failure(FailureCategory.APPLICATION));

    assertThat(world.drivers()).containsOnlyKeys(TWO);
  }

  @Test
  void doesNotRetryWhatCannotHelp() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(5, Duration.ZERO)));
    world.finished(ONE, failure(FailureCategory.IMAGE));

    assertThat(world.result(ONE).attempt()).isEqualTo(1);
  }

  @Test
  void countsSubmissionFailuresApartFromRunFailures() {
    world.limit("blue", 1);
    world.submit(
        job("blue", "1")
            .retry(
                new RetryPolicy(RetryPolicy.Type.ON_FAILURE, 0, Duration.ZERO, 1, Duration.ZERO)));

    world.observe(
        new Observation.Rejected(
            world.attempt(ONE), world.now(), failure(FailureCategory.CAPACITY)));
    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(2);

    world.finished(ONE, failure(FailureCategory.APPLICATION));
    assertThat(world.result(ONE).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void givesTheBudgetBackAfterAStableRun() {
    world.limit("blue", 1);
    world.submit(job("blue", "1").retry(onFailure(1, Duration.ZERO)));
    for (int attempt = 1; attempt <= 4; attempt++) {
      world.started(ONE);
      world.after(AdmissionSettings.DEFAULT.stableRun());
      world.finished(ONE, failure(FailureCategory.APPLICATION));
    }

    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(5);
  }

  @Test
  void startsAgainAfterSuccessWhenTheJobAlwaysRestarts() {
    world.limit("blue", 1);
    world.submit(
        job("blue", "1")
            .retry(
                new RetryPolicy(
                    RetryPolicy.Type.ALWAYS, 0, Duration.ofSeconds(5), 0, Duration.ZERO)));
    List<Output> outputs = world.finished(ONE, null);
    assertThat(World.kinds(outputs))
        .containsExactly("AttemptSucceeded", "Retrying", "StillWaiting");

    world.after(Duration.ofSeconds(6));
    assertThat(world.driver(ONE)).map(d -> d.attempt().number()).contains(2);
  }

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

  @Test
  void waitsForTheJobItDependsOn() {
    world.limit("blue", 2);
    world.submit(job("blue", "2").after("1", Dependency.Condition.SUCCESS));
    assertThat(waiting(TWO).jobs()).containsExactly("1");

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

  private Waiting waiting(JobKey key) {
    return ((JobEvent.StillWaiting) world.events(key).getLast().event()).waiting();
  }

  private Duration pause() {
    return Duration.between(world.now(), ((Delayed) world.stateOf(ONE)).until());
  }

  private void cohort(String tenant, int weight, int max) {
    world.send("team", new InboxMessage.TenantDefined(limits(tenant, "team", 100, weight, max)));
  }
}
