package io.firesteel.examples;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * The days that a run looks at, both ends included, and where a day's file lies under the input
 * root.
 */
record Days(LocalDate first, LocalDate last) {

  private static final DateTimeFormatter FILE =
      DateTimeFormatter.ofPattern("yyyy/MM/'data'_yyyy_MM_dd'.csv'");

  Days {
    if (first.isAfter(last)) {
      throw new IllegalArgumentException(
          "The first day, " + first + ", is after the last, " + last);
    }
  }

  /** {@code first} is a date, or a number of days that end with {@code last}. */
  static Days of(String first, LocalDate last) {
    return first.matches("\\d{1,5}")
        ? new Days(last.minusDays(Math.max(1, Integer.parseInt(first)) - 1L), last)
        : new Days(LocalDate.parse(first), last);
  }

  Stream<String> dates() {
    return first.datesUntil(last.plusDays(1)).map(LocalDate::toString);
  }

  Stream<String> files() {
    return first.datesUntil(last.plusDays(1)).map(FILE::format);
  }
}
