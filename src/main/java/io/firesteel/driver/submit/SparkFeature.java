package io.firesteel.driver.submit;

import io.firesteel.spec.SparkLine;

/**
 * What differs between the release lines in what Spark's builder makes of the same properties.
 * Differences that neither the driver nor its executors notice are not among them: there, Firesteel
 * follows the later lines.
 */
public enum SparkFeature {

  /** The image chooses Python by its major version, and by no other variable. */
  MAJOR_PYTHON_VERSION_VARIABLE(SparkLine.V3_0, SparkLine.V3_0),

  /** {@code spark.driver.memoryOverheadFactor}, and the same of executors. */
  OVERHEAD_FACTOR_OF_ROLE(SparkLine.V3_3),

  /** {@code spark.kubernetes.executor.node.selector.*}, and the same of the driver. */
  NODE_SELECTOR_OF_ROLE(SparkLine.V3_3),

  /** Executors get the ConfigMap of {@code spark.kubernetes.hadoop.configMapName} too. */
  HADOOP_MAP_OF_EXECUTORS(SparkLine.V3_5),

  /** {@code {{APP_ID}}} in the values of labels. */
  PLACEHOLDERS_IN_LABELS(SparkLine.V4_0),

  /** {@code spark.driver.minMemoryOverhead}, and the same of executors. */
  MIN_MEMORY_OVERHEAD(SparkLine.V4_0),

  /** {@code mount.subPathExpr} of volumes. */
  SUB_PATH_EXPR(SparkLine.V4_0),

  /** {@code options.type} of volumes of type {@code hostPath}. */
  HOST_PATH_TYPE(SparkLine.V4_0),

  /** Labels and annotations of claims on demand. */
  CLAIM_METADATA(SparkLine.V4_0),

  /** Claims on demand are {@code ReadWriteOncePod} by default. */
  READ_WRITE_ONCE_POD(SparkLine.V4_0),

  /** The port of Spark Connect. */
  CONNECT_PORT(SparkLine.V4_1),

  /** {@code {{SPARK_VERSION}}} in the name of an image. */
  PLACEHOLDERS_IN_IMAGES(SparkLine.V4_1),

  /** {@code spark.kubernetes.driver.pod.excludedFeatureSteps}. */
  EXCLUDED_FEATURE_STEPS(SparkLine.V4_1),

  /** Executors can use the IP of the driver's pod instead of a Service. */
  DRIVER_POD_IP(SparkLine.V4_1);

  private final SparkLine since;
  private final SparkLine last;

  SparkFeature(SparkLine since) {
    this(since, SparkLine.V4_1);
  }

  SparkFeature(SparkLine since, SparkLine last) {
    this.since = since;
    this.last = last;
  }

  /** Whether a line has it. */
  public boolean isIn(SparkLine line) {
    return line.atLeast(since) && last.atLeast(line);
  }
}
