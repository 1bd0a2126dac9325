package io.firesteel.schedule.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * The five fields of a cron expression, each as a set of bits.
 *
 * @param weekdays 0 is Sunday
 * @param anyDay whether the day of the month is a bare {@code *} or {@code ?}
 * @param anyWeekday whether the day of the week is
 * @param fixed whether neither minute nor hour has a {@code *} or {@code ?}, so that each local
 *     time counts once, whatever the offset does
 */
record CronExpression(
    long minutes,
    long hours,
    long days,
    long months,
    long weekdays,
    boolean anyDay,
    boolean anyWeekday,
    boolean fixed) {

  /** The 29th of February can be eight years away. */
  static final int MAX_YEARS = 9;

  private static final int MONTHS = 12;
  private static final int HOURS = 24;
  private static final int MINUTES = 60;
  private static final int WEEK = 7;

  /** The first matching minute at or after a minute; null if there is none within nine years. */
  @Nullable LocalDateTime nextOrSame(LocalDateTime minute) {
    LocalDate end = minute.toLocalDate().plusYears(MAX_YEARS);
    LocalDate date = minute.toLocalDate();
    LocalTime from = minute.toLocalTime();
    while (!date.isAfter(end)) {
      if (!has(months, date.getMonthValue())) {
        date = firstOfNextMatchingMonth(date);
        from = LocalTime.MIN;
        continue;
      }
      LocalTime time = matches(date) ? timeFrom(from) : null;
      if (time != null) {
        return date.atTime(time);
      }
      date = date.plusDays(1);
      from = LocalTime.MIN;
    }
    return null;
  }

  private LocalDate firstOfNextMatchingMonth(LocalDate date) {
    LocalDate next = date.withDayOfMonth(1).plusMonths(1);
    for (int i = 0; i < MONTHS && !has(months, next.getMonthValue()); i++) {
      next = next.plusMonths(1);
    }
    return next;
  }

  /** Either day field suffices, unless one of them is bare. */
  private boolean matches(LocalDate date) {
    boolean day = has(days, date.getDayOfMonth());
    boolean weekday = has(weekdays, date.getDayOfWeek().getValue() % WEEK);
    return anyDay || anyWeekday ? day && weekday : day || weekday;
  }

  private @Nullable LocalTime timeFrom(LocalTime from) {
    int minute = first(minutes, from.getMinute());
    int hour = first(hours, minute < MINUTES ? from.getHour() : from.getHour() + 1);
    if (hour >= HOURS) {
      return null;
    }
    boolean sameHour = hour == from.getHour() && minute < MINUTES;
    return LocalTime.of(hour, sameHour ? minute : first(minutes, 0));
  }

  private static boolean has(long bits, int value) {
    return (bits >> value & 1) != 0;
  }

  /** The first bit at or after a position; 64 if none is set. */
  private static int first(long bits, int from) {
    return from >= Long.SIZE ? Long.SIZE : Long.numberOfTrailingZeros(bits >> from << from);
  }
}
