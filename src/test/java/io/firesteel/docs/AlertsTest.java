package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard ask for metrics that the worker has, and every alert says what to do. */
final class AlertsTest {

  private static final Path MONITORING = Path.of("k8s/components/monitoring");
  private static final Pattern ASKED = Pattern.compile("\\bfiresteel_[a-z_]+");
  private static final Pattern NAMED = Pattern.compile("\"(firesteel\\.[a-z.]+)\"");
  private static final Pattern ENDING =
      Pattern.compile("(_total|_seconds_bucket|_seconds_count|_seconds_sum)$");

  @Test
  void everyQueryAsksForAMetricThatTheWorkerHas() throws IOException {
    Set<String> known = new HashSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
        NAMED
            .matcher(Files.readString(source))
            .results()
            .forEach(found -> known.add(found.group(1).replace('.', '_')));
      }
    }
    List<String> asked =
        queries().stream()
            .flatMap(query -> ASKED.matcher(query).results().map(MatchResult::group))
            .map(name -> ENDING.matcher(name).replaceFirst(""))
            .distinct()
            .toList();
    assertThat(asked).hasSizeGreaterThan(10).isSubsetOf(known);
  }

  @Test
  void everyAlertSaysWhatToDo() throws IOException {
    String guide = Files.readString(Path.of("docs/operate.md"));
    List<String> headings =
        Pattern.compile("(?m)^### (Firesteel\\w+)$")
            .matcher(guide)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(headings).isEqualTo(alerts().findValuesAsText("alert"));
  }

  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>(alerts().findValuesAsText("expr"));
    JsonNode dashboard = new YAMLMapper().readTree(MONITORING.resolve("dashboard.json").toFile());
    queries.addAll(dashboard.findValuesAsText("expr"));
    return queries;
  }

  private static JsonNode alerts() throws IOException {
    return new YAMLMapper().readTree(MONITORING.resolve("alerts.yaml").toFile());
  }
}
