package io.firesteel.schedule.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The time for which a schedule runs a job.
 *
 * @param zone of the rule that names it
 */
public record NominalTime(Instant at, ZoneId zone) {

  /** As a clock in the zone shows it. */
  public ZonedDateTime local() {
    return at.atZone(zone);
  }
}
