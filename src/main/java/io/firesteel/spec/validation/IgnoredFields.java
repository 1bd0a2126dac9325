package io.firesteel.spec.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Warning;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fields and properties of the Spark operator or spark-submit that have no effect here. They are
 * not errors; each gives a warning.
 */
public final class IgnoredFields {

  private static final String OPERATOR = "the operator does not read it either; use restartPolicy";

  /** Why a field has no effect, by its JSON pointer. */
  public static final Map<String, String> REASONS =
      Map.of(
          "/driver/podName",
          "pods are named after job and attempt, so that a retry never meets an older pod",
          "/failureRetries",
          OPERATOR,
          "/retryInterval",
          OPERATOR,
          "/sparkConf/spark.app.name",
          "an application is named after its job",
          "/sparkConf/spark.app.id",
          "an application is named after its job and attempt",
          "/sparkConf/spark.driver.host",
          "the driver's address is known only when it runs",
          "/sparkConf/spark.kubernetes.driver.pod.name",
          "pods are named after job and attempt",
          "/sparkConf/spark.kubernetes.executor.podNamePrefix",
          "pods are named after job and attempt");

  private IgnoredFields() {}

  /** One warning for each of these fields in a spec, in the order of their pointers. */
  public static List<Warning> in(JsonNode spec) {
    return new TreeMap<>(REASONS)
        .entrySet().stream()
            .filter(field -> has(spec, field.getKey()))
            .map(field -> Warning.ignored(field.getKey(), field.getValue()))
            .toList();
  }

  private static boolean has(JsonNode spec, String pointer) {
    JsonNode value = spec.at(pointer);
    return !value.isMissingNode() && !value.isNull();
  }
}
