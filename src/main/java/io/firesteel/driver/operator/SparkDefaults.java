package io.firesteel.driver.operator;

import io.firesteel.spec.SparkLine;
import java.util.List;
import java.util.Map;

/**
 * The properties that Firesteel sets unless the spec does, so that a job without settings is secure
 * and gets its executors fast.
 */
public final class SparkDefaults {

  /** A property and why it is set; {@code since} is the first release line that has it. */
  public record DefaultProperty(String key, String value, SparkLine since, String reason) {}

  /** The default properties. */
  public static final List<DefaultProperty> PROPERTIES =
      List.of(
          new DefaultProperty(
              "spark.authenticate",
              "true",
              SparkLine.V3_0,
              "only this job's executors can connect to its driver; Spark generates a secret for each job"),
          new DefaultProperty(
              "spark.network.crypto.enabled",
              "true",
              SparkLine.V3_0,
              "the traffic between driver and executors, keys included, is encrypted"),
          new DefaultProperty(
              "spark.io.encryption.enabled",
              "true",
              SparkLine.V3_0,
              "shuffle and spill files on a node's disk are encrypted for its next user"),
          new DefaultProperty(
              "spark.kubernetes.driver.annotateExitException",
              "true",
              SparkLine.V4_1,
              "the exception that ended a driver is recorded on its pod and reported in the result event"),
          new DefaultProperty(
              "spark.kubernetes.allocation.batch.size",
              "40",
              SparkLine.V3_0,
              "160 executors are requested within 4 s instead of 32 s (3.5) or 16 s (4.0)"),
          new DefaultProperty(
              "spark.kubernetes.executor.enablePollingWithResourceVersion",
              "true",
              SparkLine.V3_3,
              "the lists that each driver requests every 30 s come from the API server's cache"),
          new DefaultProperty(
              "spark.kubernetes.driver.requestTimeout",
              "60000",
              SparkLine.V3_0,
              "a busy API server slows a driver down instead of failing it (Spark gives up after 10 s)"),
          new DefaultProperty(
              "spark.kubernetes.driver.connectionTimeout",
              "60000",
              SparkLine.V3_0,
              "as for requestTimeout"),
          new DefaultProperty(
              "spark.eventLog.rolling.enabled",
              "true",
              SparkLine.V3_0,
              "an event log never becomes a single file too large for the history server"),
          new DefaultProperty(
              "spark.eventLog.compress", "true", SparkLine.V3_0, "an event log takes less space"));

  private SparkDefaults() {}

  /** Adds what is not set. */
  static void apply(SparkLine line, Map<String, String> conf) {
    for (DefaultProperty d : PROPERTIES) {
      if (line.atLeast(d.since())) {
        conf.putIfAbsent(d.key(), d.value());
      }
    }
  }
}
