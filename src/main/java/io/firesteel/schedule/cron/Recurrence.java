package io.firesteel.schedule.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When one of a schedule's expressions is due. */
sealed interface Recurrence {

  /** In the local time of a zone. */
  record InZone(CronExpression cron, ZoneId zone) implements Recurrence {}

  /** At a constant interval from the schedule's anchor. */
  record Every(Duration interval) implements Recurrence {}

  /** The first instant after a time; null if there is none within nine years. */
  default @Nullable Instant next(Instant after, Instant anchor) {
    return switch (this) {
      case Every(var interval) -> every(interval, after, anchor);
      case InZone(var cron, var zone) ->
          cron.fixed()
              ? fixed(cron, zone.getRules(), after)
              : running(cron, zone.getRules(), after);
    };
  }

  /** The last instant before a time; null if there is none within nine years. */
  default @Nullable Instant previous(Instant before, Instant anchor) {
    if (this instanceof Every(var interval)) {
      // A Duration's seconds are rounded down, also before the anchor.
      long passed = Duration.between(anchor, before).minusNanos(1).getSeconds();
      return anchor.plus(interval.multipliedBy(Math.floorDiv(passed, interval.toSeconds())));
    }
    for (Duration back = Duration.ofMinutes(1);
        back.toDays() < 366L * CronExpression.MAX_YEARS;
        back = back.multipliedBy(2)) {
      Instant last = null;
      Instant found = next(before.minus(back), anchor);
      while (found != null && found.isBefore(before)) {
        last = found;
        found = next(found, anchor);
      }
      if (last != null) {
        return last;
      }
    }
    return null;
  }

  private static Instant every(Duration interval, Instant after, Instant anchor) {
    Duration passed = Duration.between(anchor, after);
    long count = passed.isNegative() ? 0 : passed.dividedBy(interval);
    return anchor.plus(interval.multipliedBy(count + 1));
  }

  /**
   * Each local time once: one that a gap leaves out is due at the end of the gap, and one that
   * occurs twice is due the first time.
   */
  private static @Nullable Instant fixed(CronExpression cron, ZoneRules rules, Instant after) {
    LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
    LocalDateTime local = cron.nextOrSame(from.truncatedTo(ChronoUnit.MINUTES));
    while (local != null) {
      Instant at = at(local, rules);
      if (at.isAfter(after)) {
        return at;
      }
      local = cron.nextOrSame(local.plusMinutes(1));
    }
    return null;
  }

  private static Instant at(LocalDateTime local, ZoneRules rules) {
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    return offsets.isEmpty()
        ? rules.getTransition(local).getInstant()
        : local.toInstant(offsets.getFirst());
  }

  /** Each instant whose local time matches: none in a gap, twice in an overlap. */
  private static @Nullable Instant running(CronExpression cron, ZoneRules rules, Instant after) {
    Instant limit = after.plus(Duration.ofDays(366L * CronExpression.MAX_YEARS));
    Instant from = after.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    while (from.isBefore(limit)) {
      ZoneOffset offset = rules.getOffset(from);
      ZoneOffsetTransition change = rules.nextTransition(from);
      LocalDateTime start = LocalDateTime.ofInstant(from, offset);
      LocalDateTime minute = start.truncatedTo(ChronoUnit.MINUTES);
      LocalDateTime local =
          cron.nextOrSame(minute.isBefore(start) ? minute.plusMinutes(1) : minute);
      Instant found = local == null ? null : local.toInstant(offset);
      if (change == null) {
        return found;
      }
      if (found != null && found.isBefore(change.getInstant())) {
        return found;
      }
      from = change.getInstant();
    }
    return null;
  }
}
