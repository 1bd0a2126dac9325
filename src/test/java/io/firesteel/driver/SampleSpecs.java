package io.firesteel.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Specs and desired drivers for tests, in YAML as people write them. */
public final class SampleSpecs {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** The least a Java job must say. */
  public static final String PI =
      """
      type: Java
      sparkVersion: 4.1.1
      image: registry.example/spark:4.1.1
      mainClass: org.example.SparkPi
      mainApplicationFile: local:///opt/app/pi.jar
      driver: {}
      executor: {}
      """;

  private SampleSpecs() {}

  /** Reads YAML. */
  public static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@link #PI} with more; objects are merged, everything else replaced. */
  public static ObjectNode pi(String more) {
    return merge(yaml(PI), more.isBlank() ? yaml("{}") : yaml(more));
  }

  private static ObjectNode merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(field -> {
          if (field.getValue() instanceof ObjectNode object
              && into.get(field.getKey()) instanceof ObjectNode before) {
            merge(before, object);
          } else {
            into.set(field.getKey(), field.getValue());
          }
        });
    return into;
  }

  private static final long GENERATION = 1_772_366_400_000L;

  /** The first attempt of a job {@code daily-etl} of tenant {@code acme}. */
  public static DesiredDriver driver(JsonNode spec) {
    return driver("daily-etl", spec);
  }

  static DesiredDriver driver(String id, JsonNode spec) {
    return new DesiredDriver(
        new Attempt(new JobKey("acme", id), GENERATION, 1),
        "acme",
        new Placement("acme-jobs", "acme-spark", null),
        null,
        false,
        Map.of("team", "data"),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        spec);
  }

  /** The objects of a spec that must be fine. */
  static DriverObjects built(JsonNode spec) {
    return built(driver(spec));
  }

  static DriverBuildResult build(DesiredDriver driver) {
    return DriverBuilder.build(driver, Creation.forDryRun(driver.attempt(), 3));
  }

  public static DriverObjects built(DesiredDriver driver) {
    return switch (build(driver)) {
      case DriverBuildResult.Built(var objects, _, _) -> objects;
      case DriverBuildResult.Unbuildable(var errors) ->
          throw new AssertionError("refused: " + errors);
    };
  }
}
