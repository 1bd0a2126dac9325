package io.firesteel.driver.submit;

import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.spec.SparkLine;
import org.jspecify.annotations.Nullable;

/**
 * The input of Spark's own builder: the properties, the application, its names and the pod
 * templates.
 *
 * @param version Spark's full version
 * @param driverTemplate the pod to start from
 * @param executorTemplate a pod as YAML or JSON for the driver
 * @param service whether the driver gets a Service; Spark's always does
 */
public record Submission(
    SparkLine line,
    String version,
    SparkConf conf,
    SubmitArguments arguments,
    Names names,
    @Nullable Pod driverTemplate,
    @Nullable String executorTemplate,
    boolean service) {

  /** The names that spark-submit draws at random. */
  public record Names(String prefix, String applicationId, String configMap, String user) {}

  /** The namespace of the pods. */
  public String namespace() {
    return conf.string("spark.kubernetes.namespace", "default");
  }
}
