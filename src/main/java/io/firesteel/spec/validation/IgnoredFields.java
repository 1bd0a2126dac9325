package io.firesteel.spec.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.job.Warning;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fields and properties that a spec may have for the Spark operator's or spark-submit's sake and
 * that change nothing here. They are no mistake, so whoever sends them is told and served.
 */
public final class IgnoredFields {

  private static final String OPERATOR =
      "the operator does not read it either; restartPolicy says it";

  /** Why each of them changes nothing, by its JSON pointer. */
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

  /** One warning for each of them that a spec has, in the order of their pointers. */
  public static List<Warning> in(JsonNode spec) {
    return new TreeMap<>(REASONS)
        .entrySet().stream()
            .filter(field -> has(spec, field.getKey()))
            .map(field -> new Warning(field.getKey(), field.getValue()))
            .toList();
  }

  private static boolean has(JsonNode spec, String pointer) {
    JsonNode value = spec.at(pointer);
    return !value.isMissingNode() && !value.isNull();
  }
}
