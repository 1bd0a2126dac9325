package io.firesteel.driver.features;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.TestJson;
import io.firesteel.driver.features.OracleCases.Fragment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fragments over every property of Spark's "Running on Kubernetes" that touches the driver, from
 * {@code oracle-fragments.yaml}.
 */
final class OracleFragments {

  private OracleFragments() {}

  static SequencedMap<String, Fragment> all() {
    JsonNode file = TestJson.resource("/io/firesteel/driver/features/oracle-fragments.yaml");
    var all = new LinkedHashMap<String, Fragment>();
    file.get("fragments")
        .properties()
        .forEach(
            named -> all.put(named.getKey(), fragment(named.getValue(), file.get("templates"))));
    return all;
  }

  private static Fragment fragment(JsonNode node, JsonNode templates) {
    if (node.isArray()) {
      return Fragment.conf(texts(node).toArray(String[]::new));
    }
    return new Fragment(
        new TreeMap<>(Fragment.conf(texts(node.path("conf")).toArray(String[]::new)).conf()),
        texts(node.path("arguments")),
        text(node.get("proxyUser")),
        text(templates.get(node.path("driverTemplate").asText())),
        text(templates.get(node.path("executorTemplate").asText())));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null ? null : node.asText();
  }
}
