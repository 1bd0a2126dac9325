package io.firesteel.driver;

import io.firesteel.docs.GeneratedTables;
import io.firesteel.driver.features.ExpectedDifference;
import io.firesteel.driver.features.SparkOracle;
import io.firesteel.driver.operator.SparkDefaults;
import io.firesteel.job.Warning;
import io.firesteel.spec.SparkLine;
import io.firesteel.spec.validation.DeniedProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/driver.md} are those of the code. */
class DriverDocsTest {

  @Test
  void tablesAreThoseOfTheCode() throws IOException {
    GeneratedTables.check(Path.of("docs/driver.md"), tables());
  }

  private static Map<String, String> tables() {
    return Map.of(
        "versions", versions(),
        "defaults", defaults(),
        "differences", differences(),
        "fields", fields(),
        "ignored", notes(FieldTable.IGNORED, false),
        "refused", notes(FieldTable.REFUSED, true),
        "denied", denied());
  }

  private static String versions() {
    return head(
            "Spark", "driver built by the rules of", "compared with Spark's own builder", "warning")
        + Arrays.stream(SparkLine.values())
            .map(line ->
                row(
                    line.toString(),
                    (line.isSupported() ? line : SparkLine.OLDEST_SUPPORTED).toString(),
                    SparkOracle.VERSIONS.getOrDefault(line, "no"),
                    line.isSupported() ? "" : "`" + Warning.SPARK_VERSION_UNTESTED + "`"))
            .collect(Collectors.joining());
  }

  private static String defaults() {
    String properties =
        SparkDefaults.PROPERTIES.stream()
            .map(d -> row("`" + d.key() + "`", "`" + d.value() + "`", d.since() + "", d.reason()))
            .collect(Collectors.joining());
    String pods =
        ExpectedDifference.POD_FIELDS.stream()
            .map(d -> row("`" + d.field() + "`", d.value(), SparkLine.V3_0 + "", d.reason()))
            .collect(Collectors.joining());
    return head("property or field of the pods", "value", "since Spark", "reason")
        + properties
        + pods;
  }

  private static String differences() {
    return head("object", "field", "reason")
        + ExpectedDifference.ofWholeJobs(SparkLine.V4_1).stream()
            .map(d ->
                row(cell(d.object().pattern()), "`" + cell(d.path().pattern()) + "`", d.reason()))
            .collect(Collectors.joining());
  }

  private static String fields() {
    var places = new TreeMap<String, List<String>>();
    FieldTable.rows()
        .forEach(r -> places.merge(r.field(), List.of(r.where()), DriverDocsTest::joined));
    return head("field", "ends up in")
        + places.entrySet().stream()
            .map(e -> row("`" + e.getKey() + "`", places(e.getValue())))
            .collect(Collectors.joining());
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.of(some, more).flatMap(Collection::stream).distinct().toList();
  }

  private static String places(List<String> places) {
    return places.stream()
        .map(p ->
            switch (p) {
              case "account" ->
                  "the job's service account, if the tenant may use it; one for driver and executors";
              case "retry" -> "the job's retry policy";
              case "ttl" -> "how long objects are kept";
              default -> "`" + p + "`";
            })
        .collect(Collectors.joining(", "));
  }

  private static String notes(List<FieldTable.Note> notes, boolean showValue) {
    return head(showValue ? "value" : "field", "reason")
        + notes.stream()
            .map(n -> row("`" + (showValue ? n.yaml() : n.field()) + "`", n.reason()))
            .collect(Collectors.joining());
  }

  private static String denied() {
    return head("key", "instead")
        + new TreeMap<>(DeniedProperties.ALTERNATIVES)
            .entrySet().stream()
                .map(e -> row("`" + e.getKey() + "`", e.getValue()))
                .collect(Collectors.joining());
  }

  /** The quotes and slashes of a regular expression say nothing to a reader. */
  private static String cell(String pattern) {
    return pattern
        .replace("\\d", "N")
        .replace("\\Q", "")
        .replace("\\E", "")
        .replace("\\", "")
        .replace("|", "\\|");
  }

  private static String head(String... cells) {
    return row(cells) + "|" + "---|".repeat(cells.length) + "\n";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
