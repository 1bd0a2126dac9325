package io.firesteel.workflow.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code forEach} of a task. Dates become items. Pure. */
final class ForEachReader {

  private static final Rule<JsonNode> ITEM =
      new Rule<>(
          "a string, a number or a boolean",
          node -> node.isValueNode() && !node.isNull() ? node : null);
  private static final Pattern OUTPUT =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,62})\\.outputs\\.([A-Za-z_][A-Za-z0-9_]{0,62})");
  private static final Rule<ForEach.Source> SOURCE =
      new Rule<>("an output such as extract.outputs.files", ForEachReader::output);
  private static final Rule<LocalDate> DATE =
      new Rule<>("a date such as 2026-03-01", ForEachReader::date);
  private static final Rule<ChronoUnit> STEP =
      Rule.oneOf(
          Map.of("day", ChronoUnit.DAYS, "week", ChronoUnit.WEEKS, "month", ChronoUnit.MONTHS));
  private static final Rule<Boolean> DESCENDING =
      Rule.oneOf(Map.of("ascending", false, "descending", true));
  private static final Pattern TOLERATED = Pattern.compile("(100|[1-9]?[0-9])%");
  private static final Rule<Tolerated> TOLERATE =
      new Rule<>("an integer from 0 to 1000 or a percentage such as 10%", ForEachReader::tolerated);

  private ForEachReader() {}

  private record Tolerated(int count, boolean percent) {}

  /** The items of a task; null if it is invalid. */
  static @Nullable ForEach read(FieldReader fields) {
    ForEach.Source source = source(fields);
    String as = fields.read("as", Names.PARAMETER);
    Integer maxParallel = fields.read("maxParallel", Rule.integer(1, ForEach.MAX_ITEMS));
    Tolerated tolerated = fields.read("tolerateFailures", TOLERATE);
    fields.rejectUnknown();
    if (as != null && (as.equals("workflow") || as.equals("tasks"))) {
      fields.addError("as", "is taken; use another name such as item");
    }
    return source == null
        ? null
        : new ForEach(
            source,
            as == null ? "item" : as,
            maxParallel == null ? ForEach.DEFAULT_PARALLEL : maxParallel,
            tolerated == null ? 0 : tolerated.count,
            tolerated != null && tolerated.percent);
  }

  private static ForEach.@Nullable Source source(FieldReader fields) {
    List<JsonNode> items = fields.list("items", ForEach.MAX_ITEMS, ITEM);
    ForEach.Source dates = fields.object("dates", ForEachReader::dates);
    ForEach.Source output = fields.read("from", SOURCE);
    boolean given = fields.raw("items") != null;
    int count =
        (given ? 1 : 0)
            + (fields.raw("dates") == null ? 0 : 1)
            + (fields.raw("from") == null ? 0 : 1);
    if (count != 1) {
      fields.addError(
          "items", "must be the only one of items, dates and from; the task has " + count);
      return null;
    }
    return given ? new ForEach.Given(items, false) : dates == null ? output : dates;
  }

  private static ForEach.@Nullable Source dates(FieldReader fields) {
    LocalDate from = fields.required("from", DATE);
    LocalDate to = fields.required("to", DATE);
    ChronoUnit step = fields.read("step", STEP);
    Boolean descending = fields.read("order", DESCENDING);
    fields.rejectUnknown();
    if (from == null || to == null) {
      return null;
    }
    ChronoUnit unit = step == null ? ChronoUnit.DAYS : step;
    if (unit.between(from, to) >= ForEach.MAX_ITEMS) {
      fields.addError(
          "to",
          "gives %,d dates, the limit is %,d; split the range"
              .formatted(unit.between(from, to) + 1, ForEach.MAX_ITEMS));
      return null;
    }
    List<JsonNode> all = new ArrayList<>();
    for (long i = 0; !from.plus(i, unit).isAfter(to); i++) {
      all.add(TextNode.valueOf(from.plus(i, unit).toString()));
    }
    if (Boolean.TRUE.equals(descending)) {
      Collections.reverse(all);
    }
    return new ForEach.Given(all, true);
  }

  private static ForEach.@Nullable Source output(JsonNode node) {
    Matcher match = OUTPUT.matcher(node.isTextual() ? node.textValue() : "");
    return match.matches() ? new ForEach.Output(match.group(1), match.group(2)) : null;
  }

  private static @Nullable LocalDate date(JsonNode node) {
    try {
      return node.isTextual() && node.textValue().length() == 10
          ? LocalDate.parse(node.textValue())
          : null;
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable Tolerated tolerated(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      int count = node.intValue();
      return count >= 0 && count <= ForEach.MAX_ITEMS ? new Tolerated(count, false) : null;
    }
    Matcher match = TOLERATED.matcher(node.isTextual() ? node.textValue() : "");
    return match.matches() ? new Tolerated(Integer.parseInt(match.group(1)), true) : null;
  }
}
