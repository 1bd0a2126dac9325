package io.firesteel.driver.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.driver.TestJson;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares what two builders made, field by field, after taking away what is random or has no
 * order: names that Spark makes up, and the order of lists that come from a map.
 */
public final class ObjectDiff {

  private static final Set<String> UNORDERED =
      Set.of("env", "volumes", "volumeMounts", "imagePullSecrets");
  private static final Set<String> MAPS =
      Set.of("labels", "annotations", "nodeSelector", "limits", "requests");

  /** A field that is not the same. */
  record Difference(String object, String path, String spark, String ours) {

    @Override
    public String toString() {
      return object + " " + path + ": Spark " + spark + ", ours " + ours;
    }
  }

  private ObjectDiff() {}

  /** The fields in which two objects differ. */
  static List<Difference> between(JsonNode spark, JsonNode ours) {
    var found = new ArrayList<Difference>();
    compare(spark.path("kind").asText(), "", spark, ours, found);
    return found;
  }

  private static void compare(
      String object, String path, JsonNode spark, JsonNode ours, List<Difference> found) {
    if (spark.isObject() && ours.isObject()) {
      var names = new TreeSet<String>();
      spark.fieldNames().forEachRemaining(names::add);
      ours.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(object, path + "/" + name, spark.path(name), ours.path(name), found);
      }
    } else if (spark.isArray() && ours.isArray() && spark.size() == ours.size()) {
      for (int i = 0; i < spark.size(); i++) {
        compare(object, path + "/" + i, spark.get(i), ours.get(i), found);
      }
    } else if (!spark.equals(ours)) {
      found.add(new Difference(object, path, spark.toString(), ours.toString()));
    }
  }

  /** Claims made on demand, called after their volumes: Spark numbers them in no order. */
  static List<JsonNode> withClaimsByVolume(List<JsonNode> objects) {
    List<JsonNode> renamed = objects;
    for (JsonNode volume : objects.getFirst().at("/spec/volumes")) {
      String claim = volume.at("/persistentVolumeClaim/claimName").asText();
      if (claim.contains("-pvc-")) {
        String name = "\"claim-of-" + volume.path("name").asText() + "\"";
        renamed =
            renamed.stream()
                .map(o -> TestJson.read(o.toString().replace("\"" + claim + "\"", name)))
                .toList();
      }
    }
    return renamed;
  }

  /** Without what is random; {@code configMap} is the name that was made up. */
  public static JsonNode normalised(JsonNode object, String configMap) {
    String text =
        object
            .toString()
            .replace(configMap, "CONF-MAP")
            .replaceAll("/var/data/spark-[0-9a-f-]{36}", "/var/data/spark-RANDOM");
    JsonNode copy = TestJson.read(text);
    tidy(copy);
    if (copy.at("/data/spark.properties") instanceof TextNode properties) {
      ((ObjectNode) copy.get("data")).set("spark.properties", read(properties.asText()));
    }
    return copy;
  }

  private static void tidy(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(f -> nothing(f.getKey(), f.getValue()));
      for (String list : UNORDERED) {
        if (object.get(list) instanceof ArrayNode elements) {
          object.set(list, byName(elements));
        }
      }
      localDirs(object);
    }
    node.forEach(ObjectDiff::tidy);
  }

  private static boolean nothing(String field, JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty() && MAPS.contains(field))
        || (value.isArray() && value.isEmpty());
  }

  private static ObjectNode byName(ArrayNode list) {
    ObjectNode named = (ObjectNode) TestJson.read("{}");
    for (JsonNode element : list) {
      String name = element.path("name").asText();
      while (named.has(name)) {
        name += "'";
      }
      named.set(name, element);
    }
    return named;
  }

  /** Spark 3.5 shuffles several local directories. */
  private static void localDirs(ObjectNode container) {
    if (container.at("/env/SPARK_LOCAL_DIRS") instanceof ObjectNode variable
        && variable.path("value").asText().contains(",")) {
      List<String> sorted = Stream.of(variable.get("value").asText().split(",")).sorted().toList();
      variable.put("value", String.join(",", sorted));
      container
          .path("volumeMounts")
          .forEach(mount -> {
            if (sorted.contains(mount.path("mountPath").asText())) {
              ((ObjectNode) mount).put("mountPath", "ONE-OF-THEM");
            }
          });
    }
  }

  private static JsonNode read(String file) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var read = new TreeSet<>(properties.stringPropertyNames());
    ObjectNode node = (ObjectNode) TestJson.read("{}");
    // Only there because the oracle runs with fixed names.
    read.remove("spark.testing");
    read.remove("spark.kubernetes.driver.resourceNamePrefix");
    read.forEach(key -> node.put(key, properties.getProperty(key)));
    return node;
  }
}
