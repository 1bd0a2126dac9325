package io.firesteel.schedule;

import io.firesteel.schedule.core.ScheduleEvent;
import io.firesteel.schedule.core.ScheduleOutput;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what became of the nominal times of each tenant's schedules. A decision that is repeated
 * after a crash counts again. Thread-safe.
 */
record ScheduleMetrics(MeterRegistry registry) {

  /** Counter; tags tenant and end (fired, late, skipped, missed). A late one is not in fired. */
  static final String TIMES = "firesteel.schedule.times";

  /** A run that begins so many seconds after its time is late. */
  private static final long LATE_SECONDS = 60;

  void published(ScheduleOutput.Publish published) {
    String tenant = published.key().tenant();
    switch (published.event()) {
      case ScheduleEvent.Fired fired ->
          count(tenant, fired.lateSeconds() > LATE_SECONDS ? "late" : "fired", 1);
      case ScheduleEvent.Missed missed -> count(tenant, "missed", missed.count());
      case ScheduleEvent.Skipped skipped -> count(tenant, "skipped", skipped.count());
      case ScheduleEvent.Applied _ -> {
        // A counter that starts at 1 has no increase, and an alert on the increase would miss it.
        count(tenant, "late", 0);
        count(tenant, "missed", 0);
      }
      case ScheduleEvent.Suspended _,
          ScheduleEvent.Resumed _,
          ScheduleEvent.Removed _,
          ScheduleEvent.Unknown _,
          ScheduleEvent.Refused _ -> {}
    }
  }

  private void count(String tenant, String end, long times) {
    registry.counter(TIMES, "tenant", tenant, "end", end).increment(times);
  }
}
