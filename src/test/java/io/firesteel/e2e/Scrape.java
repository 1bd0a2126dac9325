package io.firesteel.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics of a worker, from a Prometheus scrape. */
record Scrape(List<Sample> samples) {

  private static final Pattern LINE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`firesteel_.*?`) \\|");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  /** One line. */
  record Sample(String metric, Map<String, String> labels) {

    private static Sample of(MatchResult line) {
      Map<String, String> labels = new HashMap<>();
      LABEL
          .matcher(line.group(2) == null ? "" : line.group(2))
          .results()
          .forEach(label -> labels.put(label.group(1), label.group(2)));
      return new Sample(line.group(1), labels);
    }
  }

  static Scrape of(String text) {
    return new Scrape(LINE.matcher(text).results().map(Sample::of).toList());
  }

  boolean answers(MetricQuery metricQuery) {
    return samples.stream().anyMatch(metricQuery::matches);
  }

  /** The names of the metrics of Firesteel; a histogram counts once. */
  Set<String> ours() {
    return samples.stream()
        .map(Sample::metric)
        .filter(metric -> metric.startsWith("firesteel_"))
        .map(metric -> metric.replaceAll("_(bucket|count|sum|max)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The requests to the API server as {@code verb group resource}. */
  Set<String> calls() {
    return samples.stream()
        .filter(sample -> sample.metric().equals("firesteel_api_calls_total"))
        .map(Sample::labels)
        .map(
            call -> "%s %s %s".formatted(call.get("verb"), call.get("group"), call.get("resource")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names in the table of docs/operate.md. */
  static Set<String> documented() throws IOException {
    return ROW.matcher(Files.readString(Path.of("docs/operate.md")))
        .results()
        .flatMap(row -> NAME.matcher(row.group(1)).results())
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
