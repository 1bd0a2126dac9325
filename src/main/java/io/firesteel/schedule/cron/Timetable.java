package io.firesteel.schedule.cron;

import io.firesteel.json.Suggestions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nominal times of a schedule: those of all its expressions, each instant once. Immutable. */
public final class Timetable {

  /** The shortest interval of {@code @every}. */
  static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

  private static final String EVERY = "@every ";
  private static final List<String> ZONE_PREFIXES = List.of("CRON_TZ=", "TZ=");
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
  private static final Instant ANY_TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Recurrence> recurrences;
  private final ZoneId zone;

  private Timetable(List<Recurrence> recurrences, ZoneId zone) {
    this.recurrences = List.copyOf(recurrences);
    this.zone = zone;
  }

  /**
   * Reads expressions.
   *
   * @param zone of the expressions that name none themselves with {@code CRON_TZ=} or {@code TZ=}
   * @throws CronException about the first expression that is wrong, or that never comes true
   */
  public static Timetable of(List<String> expressions, ZoneId zone) throws CronException {
    List<Recurrence> recurrences = new ArrayList<>();
    for (String expression : expressions) {
      recurrences.add(recurrence(expression.strip(), zone));
    }
    return new Timetable(recurrences, zone);
  }

  /**
   * A time zone of the IANA database.
   *
   * @throws CronException if it is not in the JDK's copy
   */
  public static ZoneId zone(String name) throws CronException {
    if (!ZONES.contains(name)) {
      throw new CronException(
          "is not a time zone of the IANA database; "
              + Suggestions.closestTo(name, ZONES)
                  .map(near -> "did you mean " + near + "?")
                  .orElse("use a name such as Europe/Berlin or UTC"));
    }
    return ZoneId.of(name);
  }

  private static Recurrence recurrence(String expression, ZoneId zone) throws CronException {
    for (String prefix : ZONE_PREFIXES) {
      if (expression.startsWith(prefix)) {
        String[] parts = expression.substring(prefix.length()).split("\\s+", 2);
        if (parts.length < 2) {
          throw new CronException("has a time zone only; add the five fields after a space");
        }
        try {
          return recurrence(parts[1], zone(parts[0]));
        } catch (CronException e) {
          throw ZONES.contains(parts[0])
              ? e
              : new CronException("the zone after " + prefix + " " + e.getMessage());
        }
      }
    }
    if (expression.startsWith(EVERY)) {
      return new Recurrence.Every(interval(expression.substring(EVERY.length()).strip()));
    }
    Recurrence recurrence = new Recurrence.InZone(CronParser.parse(expression), zone);
    if (recurrence.next(ANY_TIME, ANY_TIME) == null) {
      throw new CronException(
          "never comes true: no month that it names has such a day; correct day and month");
    }
    return recurrence;
  }

  private static Duration interval(String text) throws CronException {
    Duration interval = GoDuration.parse(text).orElse(Duration.ZERO);
    if (interval.compareTo(MIN_INTERVAL) < 0) {
      throw new CronException(
          "@every needs a duration such as 90s, 15m or 1h30m, of 10 seconds or more");
    }
    return interval;
  }

  /**
   * The first nominal time after an instant; null if there is none within nine years.
   *
   * @param anchor from which {@code @every} counts
   */
  public @Nullable NominalTime next(Instant after, Instant anchor) {
    NominalTime first = null;
    for (Recurrence recurrence : recurrences) {
      Instant at = recurrence.next(after, anchor);
      if (at != null && (first == null || at.isBefore(first.at()))) {
        first = new NominalTime(at, zoneOf(recurrence));
      }
    }
    return first;
  }

  /** The last nominal time before an instant; null if there is none within nine years. */
  public @Nullable NominalTime previous(Instant before, Instant anchor) {
    NominalTime last = null;
    for (Recurrence recurrence : recurrences) {
      Instant at = recurrence.previous(before, anchor);
      if (at != null && (last == null || at.isAfter(last.at()))) {
        last = new NominalTime(at, zoneOf(recurrence));
      }
    }
    return last;
  }

  /** The zone of expressions that name none. */
  public ZoneId zone() {
    return zone;
  }

  private ZoneId zoneOf(Recurrence recurrence) {
    return recurrence instanceof Recurrence.InZone(_, var named) ? named : zone;
  }
}
