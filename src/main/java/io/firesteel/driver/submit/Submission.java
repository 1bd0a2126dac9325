package io.firesteel.driver.submit;

import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.spec.SparkLine;
import org.jspecify.annotations.Nullable;

/**
 * What Spark's own builder is given: the properties, the application, its names and the pod
 * templates.
 *
 * @param version Spark's full version
 * @param driverTemplate the pod to start from
 * @param executorTemplate a pod as YAML or JSON, handed on to the driver
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

  /** What spark-submit makes up at random. */
  public record Names(String prefix, String applicationId, String configMap, String user) {}

  /** The namespace of the pods. */
  public String namespace() {
    return conf.string("spark.kubernetes.namespace", "default");
  }
}
