package io.firesteel.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimetableTest {

  private static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:00Z");

  /** The fires of a local day on which the offset changes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 2 * * *|Europe/Berlin|2026-03-29|03:00+02:00",
        "30 2 * * *|Europe/Berlin|2026-10-25|02:30+02:00",
        "0 1-3 * * *|Europe/Berlin|2026-03-29|01:00+01:00 03:00+02:00",
        "0 1-3 * * *|Europe/Berlin|2026-10-25|01:00+02:00 02:00+02:00 03:00+01:00",
        "*/15 2 * * *|Europe/Berlin|2026-03-29|''",
        "*/15 2 * * *|Europe/Berlin|2026-10-25|02:00+02:00 02:15+02:00 02:30+02:00 02:45+02:00 02:00+01:00 02:15+01:00 02:30+01:00 02:45+01:00",
        "0 0 * * *|America/Sao_Paulo|2018-11-04|01:00-02:00",
        "15 2 * * *|Australia/Lord_Howe|2026-10-04|02:30+11:00",
        "0 0 * * *|Pacific/Apia|2011-12-31|00:00+14:00",
        "0 0 30 12 *|Pacific/Apia|2011-12-31|00:00+14:00",
        "30 2 * * *|UTC|2026-03-29|02:30Z",
      })
  void firesOnTheDaysOnWhichTheOffsetChanges(String cron, String zone, LocalDate day, String times)
      throws CronException {
    String shown = times.equals("''") ? "" : times;

    assertThat(
            fires(cron, zone, day).stream()
                .map(time -> time.local().toOffsetDateTime().toOffsetTime().toString())
                .collect(Collectors.joining(" ")))
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29,23", "2026-10-25,25", "2026-07-01,24"})
  void runsEveryRealHourOfADay(LocalDate day, int count) throws CronException {
    assertThat(fires("0 * * * *", "Europe/Berlin", day)).hasSize(count);
  }

  @Test
  void skipsNothingAroundADayThatDoesNotExist() throws CronException {
    Timetable daily = timetable("0 0 * * *", "Pacific/Apia");

    assertThat(daily.next(Instant.parse("2011-12-29T10:00:00Z"), ANCHOR))
        .extracting(time -> time.local().toLocalDateTime().toString())
        .isEqualTo("2011-12-31T00:00");
    assertThat(daily.next(Instant.parse("2011-12-30T10:00:00Z"), ANCHOR))
        .extracting(time -> time.local().toLocalDateTime().toString())
        .isEqualTo("2012-01-01T00:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 3 * * *|2026-11-21T22:00:00Z|2026-11-22T03:00:00Z",
        "* * * * *|2026-11-21T22:00:00Z|2026-11-21T22:01:00Z",
        "? ? ? ? ?|2026-11-21T22:00:30Z|2026-11-21T22:01:00Z",
        "5/20 * * * *|2026-11-21T22:30:00Z|2026-11-21T22:45:00Z",
        "0 0 1 jan ?|2026-11-21T22:00:00Z|2027-01-01T00:00:00Z",
        "0 0 * * MON-wed|2026-11-21T22:00:00Z|2026-11-23T00:00:00Z",
        "0 0 13 * 5|2026-11-21T22:00:00Z|2026-11-27T00:00:00Z",
        "0 0 */2 * 5|2026-11-21T22:00:00Z|2026-11-23T00:00:00Z",
        "0 0 * * 0|2026-11-21T22:00:00Z|2026-11-22T00:00:00Z",
        "0 0 29 2 *|2096-03-01T00:00:00Z|2104-02-29T00:00:00Z",
        "@daily|2026-11-21T22:00:00Z|2026-11-22T00:00:00Z",
        "@weekly|2026-11-21T22:00:00Z|2026-11-22T00:00:00Z",
        "@yearly|2026-11-21T22:00:00Z|2027-01-01T00:00:00Z",
        "@hourly|2026-11-21T22:00:00Z|2026-11-21T23:00:00Z",
        "@every 6h|2026-11-21T22:00:00Z|2026-11-22T00:00:00Z",
        "@every 1h30m|2026-01-01T00:00:00Z|2026-01-01T01:30:00Z",
        "@every 1.5h|2026-01-01T01:29:59Z|2026-01-01T01:30:00Z",
        "CRON_TZ=Europe/Berlin 0 3 * * *|2026-11-21T22:00:00Z|2026-11-22T02:00:00Z",
        "TZ=Asia/Tokyo @daily|2026-11-21T22:00:00Z|2026-11-22T15:00:00Z",
      })
  void findsTheNextTime(String cron, Instant after, Instant next) throws CronException {
    assertThat(timetable(cron, "UTC").next(after, ANCHOR))
        .extracting(NominalTime::at)
        .isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|must have 5 fields (minute, hour, day of the month, month, day of the week), has 0",
        "0 3 * *|must have 5 fields (minute, hour, day of the month, month, day of the week), has 4",
        "0 0 3 * * *|must have 5 fields (minute, hour, day of the month, month, day of the week), has 6",
        "60 3 * * *|60 is not a minute; use 0 to 59",
        "0 0 * * 7|7 is not a day of the week; use 0 to 6; Sunday is 0",
        "0 0 30 2 *|never comes true: no month that it names has such a day; correct day and month",
        "0 0 31 apr,jun *|never comes true: no month that it names has such a day; correct day and month",
        "0 5-3 * * *|\"5-3\" in hour begins after its end; write two ranges with a comma",
        "0 */0 * * *|\"*/0\" is not a hour; use *, ?, 0 to 23, ranges a-b, steps */n and lists with commas",
        "0 0 * foo *|\"foo\" is not a month; use *, ?, 1 to 12 or jan to dec, ranges a-b, steps */n and lists with commas",
        "@nightly|\"@nightly\" is not known; known are @every <duration>, @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually",
        "@every 5s|@every needs a duration such as 90s, 15m or 1h30m, of 10 seconds or more",
        "@every soon|@every needs a duration such as 90s, 15m or 1h30m, of 10 seconds or more",
        "CRON_TZ=Europe/Berlni 0 3 * * *|the zone after CRON_TZ= is not a time zone of the IANA database; did you mean Europe/Berlin?",
        "CRON_TZ=Europe/Berlin|has a time zone only; add the five fields after a space",
        "0 0 1-2-3 * *|\"1-2-3\" is not a day of the month; use *, ?, 1 to 31, ranges a-b, steps */n and lists with commas",
      })
  void saysWhatIsWrongAndHowToMendIt(String cron, String message) {
    assertThatThrownBy(() -> timetable(cron.equals("''") ? "" : cron, "UTC"))
        .isInstanceOf(CronException.class)
        .hasMessage(message);
  }

  @Test
  void joinsSeveralExpressionsAndNamesACommonInstantOnce() throws CronException {
    Timetable both = Timetable.of(List.of("0 3 * * *", "*/30 3 * * *"), ZoneId.of("UTC"));

    assertThat(fires(both, LocalDate.parse("2026-11-21")))
        .extracting(time -> time.at().toString())
        .containsExactly("2026-11-21T03:00:00Z", "2026-11-21T03:30:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 3 * * *|2026-11-21T03:00:00Z|2026-11-20T03:00:00Z",
        "0 3 * * 1|2026-11-21T03:00:00Z|2026-11-16T03:00:00Z",
        "0 0 29 2 *|2026-11-21T03:00:00Z|2024-02-29T00:00:00Z",
        "@every 6h|2026-01-01T06:00:00Z|2026-01-01T00:00:00Z",
        "@every 6h|2026-01-01T00:00:00Z|2025-12-31T18:00:00Z",
        "@every 6h|2026-01-01T06:00:01Z|2026-01-01T06:00:00Z",
      })
  void findsThePreviousTime(String cron, Instant before, Instant previous) throws CronException {
    assertThat(timetable(cron, "UTC").previous(before, ANCHOR))
        .extracting(NominalTime::at)
        .isEqualTo(previous);
  }

  private static List<NominalTime> fires(String cron, String zone, LocalDate day)
      throws CronException {
    return fires(timetable(cron, zone), day);
  }

  private static List<NominalTime> fires(Timetable timetable, LocalDate day) {
    List<NominalTime> found = new ArrayList<>();
    Instant from = day.atStartOfDay(ZoneId.of("UTC")).toInstant().minusSeconds(100_000);
    for (NominalTime next = timetable.next(from, ANCHOR);
        next != null && !next.local().toLocalDate().isAfter(day);
        next = timetable.next(next.at(), ANCHOR)) {
      if (next.local().toLocalDate().equals(day)) {
        found.add(next);
      }
    }
    return found;
  }

  private static Timetable timetable(String cron, String zone) throws CronException {
    return Timetable.of(List.of(cron), ZoneId.of(zone));
  }
}
