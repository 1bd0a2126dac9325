package io.firesteel.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/**
 * The next instant is the one that a walk over the minutes finds, in all time zones of the JDK,
 * from 1970 to 2040, half of the time around a change of the offset.
 */
final class TimetableProperties {

  private static final List<String> ZONES =
      List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final long SECONDS =
      Duration.between(FIRST, Instant.parse("2040-01-01T00:00:00Z")).toSeconds();
  private static final Duration WALK = Duration.ofDays(3);

  @Property(tries = 6000)
  void theNextTimeIsTheOneThatAWalkOverTheMinutesFinds(@ForAll @LongRange(min = 0) long seed)
      throws CronException {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    String text = expression(random);
    Instant after = start(random, zone.getRules());
    CronExpression cron = CronParser.parse(text);
    Instant expected = walk(cron, zone.getRules(), after);
    Instant found = new Rule.InZone(cron, zone).next(after, FIRST);

    if (expected == null) {
      assertThat(found == null || found.isAfter(after.plus(WALK)))
          .as("%s in %s after %s: %s", text, zone, after, found)
          .isTrue();
    } else {
      assertThat(found).as("%s in %s after %s", text, zone, after).isEqualTo(expected);
    }
  }

  @Property(tries = 500)
  void theTimeBeforeTheNextIsNotLaterThanWhereTheSearchBegan(@ForAll @LongRange(min = 0) long seed)
      throws CronException {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    Instant after = start(random, zone.getRules());
    Rule rule = new Rule.InZone(CronParser.parse(expression(random)), zone);
    Instant next = rule.next(after, FIRST);

    if (next != null) {
      Instant previous = rule.previous(next, FIRST);
      assertThat(previous == null || !previous.isAfter(after)).isTrue();
      assertThat(previous == null ? next : rule.next(previous, FIRST)).isEqualTo(next);
    }
  }

  private static Instant start(Random random, ZoneRules rules) {
    Instant any = FIRST.plusSeconds(random.nextLong(SECONDS));
    ZoneOffsetTransition change = rules.nextTransition(any);
    return change == null
            || random.nextBoolean()
            || change.getInstant().isAfter(FIRST.plusSeconds(SECONDS))
        ? any
        : change.getInstant().plusSeconds(random.nextInt(-30_000, 12_000));
  }

  private static String expression(Random random) {
    return String.join(
        " ",
        field(random, 0, 59),
        field(random, 0, 23),
        random.nextInt(3) > 0 ? "*" : field(random, 1, 31),
        random.nextInt(3) > 0 ? "*" : field(random, 1, 12),
        random.nextInt(3) > 0 ? "?" : field(random, 0, 6));
  }

  private static String field(Random random, int min, int max) {
    int a = random.nextInt(min, max + 1);
    int b = random.nextInt(min, max + 1);
    return switch (random.nextInt(6)) {
      case 0 -> "*";
      case 1 -> "*/" + random.nextInt(1, max + 1);
      case 2 -> Math.min(a, b) + "-" + Math.max(a, b);
      case 3 -> a + "/" + random.nextInt(1, 20);
      case 4 ->
          IntStream.range(0, 3)
              .mapToObj(_ -> Integer.toString(random.nextInt(min, max + 1)))
              .collect(Collectors.joining(","));
      default -> Integer.toString(a);
    };
  }

  /** Every half minute, because Monrovia's offset had half a minute until 1972. */
  private static @Nullable Instant walk(CronExpression cron, ZoneRules rules, Instant after) {
    Instant at = after.truncatedTo(ChronoUnit.MINUTES);
    for (Instant end = after.plus(WALK); !at.isAfter(end); at = at.plusSeconds(30)) {
      if (at.isAfter(after) && isDue(cron, rules, at)) {
        return at;
      }
    }
    return null;
  }

  private static boolean isDue(CronExpression cron, ZoneRules rules, Instant at) {
    ZoneOffset offset = rules.getOffset(at);
    LocalDateTime local = LocalDateTime.ofInstant(at, offset);
    boolean matches = local.getSecond() == 0 && matches(cron, local);
    if (!cron.fixed()) {
      return matches;
    }
    boolean first = rules.getValidOffsets(local).getFirst().equals(offset);
    return matches && first || endsGapOf(cron, rules, at);
  }

  /** Whether a gap ends here that leaves out a matching minute. */
  private static boolean endsGapOf(CronExpression cron, ZoneRules rules, Instant at) {
    ZoneOffsetTransition change = rules.nextTransition(at.minusSeconds(1));
    if (change == null || !change.getInstant().equals(at) || !change.isGap()) {
      return false;
    }
    LocalDateTime minute = change.getDateTimeBefore().truncatedTo(ChronoUnit.MINUTES);
    for (; minute.isBefore(change.getDateTimeAfter()); minute = minute.plusMinutes(1)) {
      if (!minute.isBefore(change.getDateTimeBefore()) && matches(cron, minute)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(CronExpression cron, LocalDateTime local) {
    boolean day = bit(cron.days(), local.getDayOfMonth());
    boolean weekday = bit(cron.weekdays(), local.getDayOfWeek().getValue() % 7);
    boolean date = cron.anyDay() || cron.anyWeekday() ? day && weekday : day || weekday;
    return date
        && bit(cron.months(), local.getMonthValue())
        && bit(cron.hours(), local.getHour())
        && bit(cron.minutes(), local.getMinute());
  }

  private static boolean bit(long bits, int value) {
    return (bits & 1L << value) != 0;
  }
}
