package io.firesteel.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What one query of the alerts or the dashboard asks of one metric.
 *
 * @param labels that the metric must have
 * @param values that some of them must have
 */
record MetricQuery(String text, String metric, Set<String> labels, Map<String, String> values) {

  private static final Path MONITORING = Path.of("k8s/components/monitoring");
  private static final Pattern METRIC = Pattern.compile("\\b(firesteel_[a-z_]+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\$labels\\.(\\w+)|^\\{\\{(\\w+)}}");

  /** The queries of all alerts and panels. */
  static List<MetricQuery> all() throws IOException {
    List<MetricQuery> all = new ArrayList<>();
    for (String file : List.of("alerts.yaml", "dashboard.json")) {
      JsonNode document = new YAMLMapper().readTree(MONITORING.resolve(file).toFile());
      document.findParents("expr").forEach(node -> all.addAll(of(node)));
    }
    return all;
  }

  private static List<MetricQuery> of(JsonNode node) {
    String text = node.path("expr").asText();
    Set<String> labels = new HashSet<>();
    GROUPING
        .matcher(text)
        .results()
        .forEach(by -> labels.addAll(List.of(by.group(1).split(",\\s*"))));
    for (String shown : List.of("/legendFormat", "/annotations/summary")) {
      SHOWN
          .matcher(node.at(shown).asText())
          .results()
          .forEach(found -> labels.add(found.group(1) == null ? found.group(2) : found.group(1)));
    }
    return METRIC.matcher(text).results().map(found -> of(text, found, labels)).toList();
  }

  private static MetricQuery of(String text, MatchResult found, Set<String> grouping) {
    Set<String> labels = new HashSet<>(grouping);
    Map<String, String> values = new HashMap<>();
    MATCHER
        .matcher(found.group(2) == null ? "" : found.group(2))
        .results()
        .forEach(matcher -> {
          labels.add(matcher.group(1));
          if (matcher.group(2).equals("=")) {
            values.put(matcher.group(1), matcher.group(3));
          }
        });
    return new MetricQuery(text, found.group(1), labels, values);
  }

  /** Whether the query selects the sample. */
  boolean matches(Scrape.Sample sample) {
    return sample.metric().equals(metric)
        && sample.labels().keySet().containsAll(labels)
        && sample.labels().entrySet().containsAll(values.entrySet());
  }
}
