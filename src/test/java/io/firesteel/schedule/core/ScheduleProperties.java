package io.firesteel.schedule.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.Outcome;
import io.firesteel.schedule.core.ScheduleSettings.CatchUp;
import io.firesteel.schedule.core.ScheduleSettings.ConcurrencyPolicy;
import io.firesteel.schedule.cron.NominalTime;
import io.firesteel.schedule.cron.Timetable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Each nominal time is fired, skipped or missed, exactly once, whatever the clock and the sender
 * do.
 */
final class ScheduleProperties {

  private static final List<String> CRONS = List.of("*/10 * * * *", "7 * * * *", "@every 7m");

  @Property(tries = 500)
  void everyNominalTimeEndsOnce(@ForAll long seed) {
    Random random = new Random(seed);
    String cron = CRONS.get(random.nextInt(CRONS.size()));
    ScheduleHarness schedule = new ScheduleHarness(settings(random, cron));
    for (int step = 0; step < 60; step++) {
      step(schedule, random, cron);
    }

    Set<String> fired = new HashSet<>();
    long told = 0;
    for (ScheduleEvent event : schedule.events()) {
      switch (event) {
        case ScheduleEvent.Fired run when !run.requested() -> {
          assertThat(fired.add(run.jobId())).as(run.jobId()).isTrue();
          told++;
        }
        case ScheduleEvent.Missed missed -> told += missed.count();
        case ScheduleEvent.Skipped skipped
            when skipped.reason() != ScheduleEvent.Reason.TOO_MANY_ACTIVE ->
            told += skipped.count();
        default -> {}
      }
    }
    ScheduleState state = schedule.state();
    long open = state.pending().size() + (state.passed() == null ? 0 : state.passed().count());
    assertThat(told + open).as("seed %s", seed).isEqualTo(passed(state));
  }

  private static void step(ScheduleHarness schedule, Random random, String cron) {
    switch (random.nextInt(8)) {
      case 0 -> schedule.outage(Duration.ofMinutes(random.nextInt(200)));
      case 1 -> schedule.outage(Duration.ofMinutes(-random.nextInt(20)));
      case 2 -> schedule.suspend();
      case 3 -> schedule.resume();
      case 4 -> schedule.define(settings(random, cron));
      case 5 -> schedule.run(SampleSchedule.origin(1_000 + random.nextInt(1_000_000)));
      case 6 ->
          List.copyOf(schedule.state().active())
              .forEach(run ->
                  schedule.end(
                      run.jobId(), Outcome.values()[random.nextInt(Outcome.values().length)]));
      default -> schedule.elapse(Duration.ofMinutes(random.nextInt(40)));
    }
    schedule.tick();
  }

  private static SampleSchedule settings(Random random, String cron) {
    SampleSchedule settings =
        SampleSchedule.at(cron)
            .policy(ConcurrencyPolicy.values()[random.nextInt(3)])
            .catchUp(CatchUp.values()[random.nextInt(3)], 1 + random.nextInt(5));
    if (random.nextInt(4) == 0) {
      settings.deadline(Duration.ofMinutes(1 + random.nextInt(30)));
    }
    if (random.nextInt(6) == 0) {
      settings.jitter(Duration.ofMinutes(1 + random.nextInt(30)));
    }
    return random.nextInt(6) == 0 ? settings.suspended() : settings;
  }

  private static long passed(ScheduleState state) {
    Timetable timetable = state.settings().timetable();
    long count = 0;
    NominalTime next = timetable.next(SampleSchedule.START, SampleSchedule.START);
    while (next != null && !next.at().isAfter(state.cursor())) {
      count++;
      next = timetable.next(next.at(), SampleSchedule.START);
    }
    return count;
  }
}
