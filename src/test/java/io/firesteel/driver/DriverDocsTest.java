package io.firesteel.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spec.DeniedKeys;
import io.firesteel.spec.SparkLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/driver.md} are those of the code. Run with {@code
 * FIRESTEEL_WRITE_DOCS=1} to write them.
 */
class DriverDocsTest {

  private static final Path DOCS = Path.of("docs/driver.md");

  @Test
  void tablesAreThoseOfTheCode() throws IOException {
    String written = Files.readString(DOCS);
    String rendered = written;
    for (Map.Entry<String, String> table : tables().entrySet()) {
      rendered = replaced(rendered, table.getKey(), table.getValue());
    }
    if (System.getenv("FIRESTEEL_WRITE_DOCS") != null) {
      Files.writeString(DOCS, rendered);
      written = rendered;
    }
    assertThat(written).isEqualTo(rendered);
  }

  private static Map<String, String> tables() {
    return Map.of(
        "defaults", defaults(),
        "differences", differences(),
        "fields", fields(),
        "ignored", notes(FieldTable.IGNORED, false),
        "refused", notes(FieldTable.REFUSED, true),
        "denied", denied());
  }

  private static String replaced(String text, String name, String table) {
    String from = "<!-- " + name + " -->\n";
    String to = "<!-- /" + name + " -->";
    int start = text.indexOf(from) + from.length();
    int end = text.indexOf(to);
    assertThat(start).as(name).isLessThanOrEqualTo(end);
    return text.substring(0, start) + table + text.substring(end);
  }

  private static String defaults() {
    String properties =
        Defaults.TABLE.stream()
            .map(d -> row("`" + d.key() + "`", "`" + d.value() + "`", d.since() + "", d.reason()))
            .collect(Collectors.joining());
    String pods =
        Defaults.PODS.stream()
            .map(d -> row("`" + d.field() + "`", d.value(), SparkLine.V3_5 + "", d.reason()))
            .collect(Collectors.joining());
    return head("property or field of the pods", "value", "since Spark", "reason")
        + properties
        + pods;
  }

  private static String differences() {
    return head("object", "field", "reason")
        + ChosenDifference.ofWholeJobs(SparkLine.V4_1).stream()
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
        + new TreeMap<>(DeniedKeys.INSTEAD)
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
