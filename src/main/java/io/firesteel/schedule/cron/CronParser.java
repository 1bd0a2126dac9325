package io.firesteel.schedule.cron;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the five fields of a cron expression as {@code ParseStandard} of robfig/cron v3 does:
 * ranges, lists, steps, {@code N/step} up to the largest value, {@code ?} for {@code *}, names of
 * months and days, and 0 to 6 for Sunday to Saturday.
 */
final class CronParser {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final int MAX_SHOWN = 60;

  private CronParser() {}

  private enum Field {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY("day of the month", 1, 31, ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    WEEKDAY("day of the week", 0, 6, "sun mon tue wed thu fri sat");

    private final String text;
    private final int min;
    private final int max;
    private final List<String> names;

    Field(String text, int min, int max, String names) {
      this.text = text;
      this.min = min;
      this.max = max;
      this.names = names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }
  }

  private static final Map<String, String> DESCRIPTORS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  /**
   * Parses five fields, or a descriptor such as {@code @daily}.
   *
   * @throws CronException with what is wrong and how to mend it
   */
  static CronExpression parse(String text) throws CronException {
    if (text.startsWith("@")) {
      String fields = DESCRIPTORS.get(text);
      if (fields == null) {
        throw new CronException(
            "%s is not known; known are @every <duration>, @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually"
                .formatted(shown(text)));
      }
      return parse(fields);
    }
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != Field.values().length) {
      throw new CronException(
          "must have 5 fields (minute, hour, day of the month, month, day of the week), has %d"
              .formatted(text.isBlank() ? 0 : fields.length));
    }
    return new CronExpression(
        bits(fields[0], Field.MINUTE),
        bits(fields[1], Field.HOUR),
        bits(fields[2], Field.DAY),
        bits(fields[3], Field.MONTH),
        bits(fields[4], Field.WEEKDAY),
        isBare(fields[2]),
        isBare(fields[4]),
        !hasStar(fields[0]) && !hasStar(fields[1]));
  }

  private static boolean hasStar(String field) {
    return field.contains("*") || field.contains("?");
  }

  /** A star with a step above 1 restricts the days. */
  private static boolean isBare(String field) {
    return List.of(field.split(",", -1)).stream()
        .anyMatch(part ->
            part.equals("*") || part.equals("?") || part.equals("*/1") || part.equals("?/1"));
  }

  private static long bits(String text, Field field) throws CronException {
    long bits = 0;
    for (String part : text.split(",", -1)) {
      bits |= range(part, field);
    }
    return bits;
  }

  private static long range(String part, Field field) throws CronException {
    String[] rangeAndStep = part.split("/", -1);
    String[] bounds = rangeAndStep[0].split("-", -1);
    if (rangeAndStep.length > 2 || bounds.length > 2) {
      throw invalid(part, field);
    }
    boolean star = rangeAndStep[0].equals("*") || rangeAndStep[0].equals("?");
    int from = star ? field.min : value(bounds[0], field);
    int to = star ? field.max : value(bounds[bounds.length - 1], field);
    int step = 1;
    if (rangeAndStep.length == 2) {
      if (!NUMBER.matcher(rangeAndStep[1]).matches() || Integer.parseInt(rangeAndStep[1]) == 0) {
        throw invalid(part, field);
      }
      step = Integer.parseInt(rangeAndStep[1]);
      to = bounds.length == 1 ? field.max : to;
    }
    if (from > to) {
      throw new CronException(
          "%s in %s begins after its end; write two ranges with a comma"
              .formatted(shown(part), field.text));
    }
    long bits = 0;
    for (long value = from; value <= to; value += step) {
      bits |= 1L << value;
    }
    return bits;
  }

  private static int value(String text, Field field) throws CronException {
    int name = field.names.indexOf(text.toLowerCase(Locale.ROOT));
    if (name >= 0) {
      return name + field.min;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw invalid(text, field);
    }
    int value = Integer.parseInt(text);
    if (value < field.min || value > field.max) {
      String sunday = field == Field.WEEKDAY && value == 7 ? "; Sunday is 0" : "";
      throw new CronException(
          "%d is not a %s; use %d to %d%s"
              .formatted(value, field.text, field.min, field.max, sunday));
    }
    return value;
  }

  private static CronException invalid(String text, Field field) {
    String names =
        field.names.isEmpty()
            ? ""
            : " or " + field.names.getFirst() + " to " + field.names.getLast();
    return new CronException(
        "%s is not a %s; use *, ?, %d to %d%s, ranges a-b, steps */n and lists with commas"
            .formatted(shown(text), field.text, field.min, field.max, names));
  }

  private static String shown(String text) {
    String cut = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    return '"' + io.firesteel.json.Printable.of(cut) + '"';
  }
}
