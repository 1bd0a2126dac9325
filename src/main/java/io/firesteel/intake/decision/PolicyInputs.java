package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.driver.DriverObjects;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.StrictJson;
import io.firesteel.tenant.TenantPolicy;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Finished objects as the trees that a tenant's policy judges. */
final class PolicyInputs {

  private static final String PROPERTIES = "spark.properties";
  private static final String EXECUTOR = "podspec-configmap-key";

  private PolicyInputs() {}

  static TenantPolicy.PolicyInput of(DriverObjects objects) {
    List<JsonNode> others =
        Stream.concat(objects.prerequisites().stream(), objects.owned().stream())
            .map(JsonCodec::toTree)
            .toList();
    return new TenantPolicy.PolicyInput(
        properties(data(others, PROPERTIES)),
        JsonCodec.toTree(objects.pod()),
        others,
        executor(data(others, EXECUTOR)));
  }

  private static String data(List<JsonNode> objects, String key) {
    return objects.stream()
        .map(object -> object.path("data").path(key))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst()
        .orElse("");
  }

  private static Map<String, String> properties(String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var map = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
    return map;
  }

  private static JsonNode executor(String template) {
    if (template.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return StrictJson.read(template.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("an executor template that is no JSON", e);
    }
  }
}
