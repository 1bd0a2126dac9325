package io.firesteel.schedule.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.ask.Ask;
import io.firesteel.event.Outcome;
import io.firesteel.schedule.core.ScheduleSettings.CatchUp;
import io.firesteel.schedule.core.ScheduleSettings.ConcurrencyPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A schedule that is created at 12:00. */
final class ScheduleDecisionTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private static ScheduleHarness every10Minutes(ConcurrencyPolicy policy) {
    return new ScheduleHarness(SampleSchedule.at("*/10 * * * *").policy(policy));
  }

  @Test
  void firesForTheFirstTimeAfterItWasApplied() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);

    schedule.elapse(Duration.ofMinutes(25));

    assertThat(schedule.told()).containsExactly("created", "fired 12:10", "fired 12:20");
    assertThat(schedule.asks())
        .extracting(ask -> ask.job().id())
        .containsExactly("s-nightly-20260301T121000Z", "s-nightly-20260301T122000Z");
  }

  @Test
  void fillsTheTimesOfTheRunIntoItsParameters() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    schedule.elapse(Duration.ofMinutes(10));
    schedule.end("s-nightly-20260301T121000Z", Outcome.SUCCEEDED);
    schedule.elapse(Duration.ofMinutes(20));

    assertThat(schedule.asks())
        .extracting(ask -> ((Ask.JobAsked) ask).request().get("parameters").toString())
        .containsExactly(
            "{\"day\":\"2026-03-01\",\"from\":\"2026-03-01T12:00:00Z\"}",
            "{\"day\":\"2026-03-01\",\"from\":\"2026-03-01T12:10:00Z\",\"since\":\"2026-03-01T12:10:00Z\"}",
            "{\"day\":\"2026-03-01\",\"from\":\"2026-03-01T12:20:00Z\",\"since\":\"2026-03-01T12:10:00Z\"}");
  }

  @Test
  void forbidSkipsATimeForGoodAndDoesNotMakeUpForItWhenTheJobEnds() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.FORBID);
    schedule.elapse(Duration.ofMinutes(21));
    schedule.end("s-nightly-20260301T121000Z", Outcome.FAILED);
    schedule.elapse(Duration.ofMinutes(10));

    assertThat(schedule.told())
        .containsExactly("created", "fired 12:10", "skipped 12:20-12:20 1 ACTIVE", "fired 12:30");
  }

  @Test
  void replaceCancelsTheActiveJobAndStartsTheNextWhenItIsGone() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.REPLACE);
    schedule.elapse(Duration.ofMinutes(30));

    List<Ask> asks = schedule.asks();

    assertThat(asks)
        .extracting(ask -> ask.getClass().getSimpleName() + " " + ask.job().id().substring(19, 23))
        .containsExactly(
            "JobAsked 1210",
            "CancellationAsked 1210",
            "JobAsked 1220",
            "CancellationAsked 1220",
            "JobAsked 1230");
    assertThat(((Ask.JobAsked) asks.get(2)).request().get("dependsOn").toString())
        .isEqualTo("[{\"jobId\":\"s-nightly-20260301T121000Z\",\"condition\":\"completion\"}]");
    assertThat(((Ask.JobAsked) asks.get(4)).request().get("dependsOn")).hasSize(2);
  }

  @Test
  void keepsOnRunningUnderAllowButNeverMoreThanAHundredJobs() {
    ScheduleHarness schedule = new ScheduleHarness(SampleSchedule.at("* * * * *"));

    schedule.elapse(Duration.ofMinutes(102));

    assertThat(schedule.asks()).hasSize(100);
    assertThat(schedule.told())
        .endsWith("skipped 13:41-13:41 1 TOO_MANY_ACTIVE", "skipped 13:42-13:42 1 TOO_MANY_ACTIVE");
  }

  @Test
  void runsTheLatestOfTheTimesThatPassedDuringAnOutage() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    schedule.outage(HOUR.plusSeconds(90));
    schedule.tick();

    assertThat(schedule.told())
        .containsExactly("created", "missed 12:10-12:50 5 CATCH_UP", "fired 13:00");
  }

  @Test
  void runsNoneOfThemIfItDoesNotCatchUp() {
    ScheduleHarness schedule =
        new ScheduleHarness(SampleSchedule.at("*/10 * * * *").catchUp(CatchUp.NONE, 100));
    schedule.outage(HOUR.plusSeconds(90));
    schedule.elapse(Duration.ofMinutes(10));

    assertThat(schedule.told())
        .containsExactly("created", "missed 12:10-13:00 6 CATCH_UP", "fired 13:10");
  }

  @Test
  void runsAllOfThemUpToTheBound() {
    ScheduleHarness schedule =
        new ScheduleHarness(SampleSchedule.at("*/10 * * * *").catchUp(CatchUp.ALL, 2));
    schedule.outage(HOUR);
    schedule.tick();

    assertThat(schedule.told())
        .containsExactly("created", "missed 12:10-12:40 4 CATCH_UP", "fired 12:50", "fired 13:00");
  }

  @Test
  void runsThemOneAfterAnotherUnderForbid() {
    ScheduleHarness schedule =
        new ScheduleHarness(
            SampleSchedule.at("*/10 * * * *")
                .policy(ConcurrencyPolicy.FORBID)
                .catchUp(CatchUp.ALL, 100));
    schedule.outage(Duration.ofMinutes(32));
    schedule.tick();
    assertThat(schedule.told()).containsExactly("created", "fired 12:10");

    schedule.end("s-nightly-20260301T121000Z", Outcome.FAILED);
    schedule.end("s-nightly-20260301T122000Z", Outcome.SUCCEEDED);
    schedule.elapse(Duration.ofMinutes(10));
    schedule.end("s-nightly-20260301T123000Z", Outcome.SUCCEEDED);

    assertThat(schedule.told())
        .containsExactly("fired 12:20", "fired 12:30", "skipped 12:40-12:40 1 ACTIVE");
  }

  @Test
  void missesWhatIsLaterThanTheStartingDeadline() {
    ScheduleHarness schedule =
        new ScheduleHarness(SampleSchedule.at("*/10 * * * *").deadline(Duration.ofMinutes(5)));
    schedule.outage(Duration.ofMinutes(17));
    schedule.tick();
    schedule.outage(Duration.ofMinutes(4));
    schedule.tick();

    assertThat(schedule.told())
        .containsExactly("created", "missed 12:10-12:10 1 DEADLINE", "fired 12:20");
  }

  @Test
  void skipsWhatPassesWhileItIsSuspendedAndDoesNotFireWhenItIsResumed() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    schedule.suspend();
    schedule.suspend();
    schedule.elapse(Duration.ofMinutes(25));
    schedule.resume();
    schedule.resume();
    schedule.elapse(Duration.ofMinutes(5));

    assertThat(schedule.told())
        .containsExactly(
            "created",
            "suspended true",
            "suspended false",
            "skipped 12:10-12:20 2 SUSPENDED",
            "resumed true",
            "resumed false",
            "fired 12:30");
  }

  @Test
  void followsTheSuspensionOfItsDefinition() {
    ScheduleHarness schedule = new ScheduleHarness(SampleSchedule.at("*/10 * * * *").suspended());
    schedule.elapse(Duration.ofMinutes(15));
    schedule.resume();
    schedule.define(SampleSchedule.at("*/10 * * * *"));

    assertThat(schedule.told())
        .containsExactly(
            "created",
            "resumed false",
            "changed",
            "skipped 12:10-12:10 1 SUSPENDED",
            "resumed true");
  }

  @Test
  void neverFiresAtOnceWhenItsTimesChange() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    schedule.elapse(Duration.ofMinutes(12));
    schedule.define(SampleSchedule.at("*/6 * * * *"));
    schedule.elapse(Duration.ofMinutes(6));

    assertThat(schedule.told()).containsExactly("created", "fired 12:10", "changed", "fired 12:18");
  }

  @Test
  void isNotChangedByADefinitionThatIsPublishedAgain() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    ScheduleState before = schedule.state();
    schedule.outage(MINUTE);
    schedule.define(SampleSchedule.at("*/10 * * * *"));

    assertThat(schedule.state()).isEqualTo(before);
  }

  @Test
  void delaysEachRunByTheSameTimeAndKeepsTheNominalTime() {
    ScheduleHarness schedule =
        new ScheduleHarness(SampleSchedule.at("*/10 * * * *").jitter(Duration.ofMinutes(5)));
    Duration delay =
        Duration.between(SampleSchedule.START.plusSeconds(600), schedule.state().alarm());

    assertThat(delay).isPositive().isLessThan(Duration.ofMinutes(5));
    schedule.elapse(Duration.ofMinutes(10).plus(delay).minusSeconds(1));
    assertThat(schedule.told()).containsExactly("created");
    schedule.elapse(Duration.ofSeconds(1));
    assertThat(schedule.told()).containsExactly("fired 12:10");
  }

  @Test
  void runsOnceForARequestHoweverOftenItIsDelivered() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.FORBID);
    schedule.elapse(Duration.ofMinutes(10));
    schedule.run(SampleSchedule.origin(7));
    schedule.run(SampleSchedule.origin(7));

    assertThat(schedule.asks())
        .extracting(ask -> ask.job().id())
        .satisfiesExactly(
            nominal -> assertThat(nominal).isEqualTo("s-nightly-20260301T121000Z"),
            requested -> assertThat(requested).matches("s-nightly-run-[0-9a-f]{16}"));
  }

  @Test
  void forgetsARemovedScheduleAfterAnHourAndLetsItsJobsGoOn() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    schedule.elapse(Duration.ofMinutes(10));
    schedule.remove();
    schedule.elapse(Duration.ofMinutes(59));
    assertThat(schedule.isForgotten()).isFalse();

    schedule.elapse(MINUTE);

    assertThat(schedule.isForgotten()).isTrue();
    assertThat(schedule.told()).containsExactly("created", "fired 12:10", "removed 1");
    assertThat(schedule.asks()).hasSize(1);
  }

  @Test
  void continuesAsTheSameGenerationWhenItIsDefinedAgainSoon() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    long generation = schedule.state().generation();
    schedule.remove();
    schedule.outage(Duration.ofMinutes(30));
    schedule.define(SampleSchedule.at("*/10 * * * *"));
    schedule.elapse(Duration.ofMinutes(10));

    assertThat(schedule.state().generation()).isEqualTo(generation);
    assertThat(schedule.told()).containsExactly("created", "removed 0", "created", "fired 12:40");
  }

  @Test
  void settlesAnOutageOfYearsInSteps() {
    ScheduleHarness schedule = new ScheduleHarness(SampleSchedule.at("* * * * *"));
    schedule.outage(Duration.ofDays(30));
    schedule.elapse(Duration.ZERO);

    assertThat(schedule.told()).hasSize(7).endsWith("fired 12:00");
  }

  @Test
  void keepsTheLastRunsThatItsHistoryLimitsAllow() {
    ScheduleHarness schedule = every10Minutes(ConcurrencyPolicy.ALLOW);
    schedule.elapse(HOUR);
    for (Ask ask : schedule.asks()) {
      boolean odd = ask.job().id().contains("T1210") || ask.job().id().contains("T1230");
      schedule.end(ask.job().id(), odd ? Outcome.FAILED : Outcome.SUCCEEDED);
    }

    assertThat(schedule.state().active()).isEmpty();
    assertThat(schedule.state().ended())
        .extracting(run -> run.jobId().substring(19, 23) + " " + run.outcome())
        .containsExactly("1300 SUCCEEDED", "1250 SUCCEEDED", "1240 SUCCEEDED", "1230 FAILED");
  }
}
