package io.firesteel.driver.operator;

import io.firesteel.spec.SparkLine;
import java.util.List;
import java.util.Map;

/**
 * The properties Firesteel sets where a spec does not: a job that says nothing runs safely and gets
 * its executors fast. Whatever a spec sets itself wins.
 */
public final class SparkDefaults {

  /** One of them; {@code since} is the first line it makes sense for. */
  public record DefaultProperty(String key, String value, SparkLine since, String reason) {}

  /** All of them. */
  public static final List<DefaultProperty> PROPERTIES =
      List.of(
          new DefaultProperty(
              "spark.authenticate",
              "true",
              SparkLine.V3_5,
              "only this job's executors can talk to its driver; Spark makes up a secret per job"),
          new DefaultProperty(
              "spark.network.crypto.enabled",
              "true",
              SparkLine.V3_5,
              "what driver and executors tell each other, keys among it, is not readable on the wire"),
          new DefaultProperty(
              "spark.io.encryption.enabled",
              "true",
              SparkLine.V3_5,
              "shuffle and spill files on a node's disk are not readable by who gets the disk next"),
          new DefaultProperty(
              "spark.kubernetes.driver.annotateExitException",
              "true",
              SparkLine.V4_1,
              "the exception that ended a driver is on its pod and reaches the result event"),
          new DefaultProperty(
              "spark.kubernetes.allocation.batch.size",
              "40",
              SparkLine.V3_5,
              "160 executors are asked for within 4 s instead of 32 s (3.5) or 16 s (4.0)"),
          new DefaultProperty(
              "spark.kubernetes.executor.enablePollingWithResourceVersion",
              "true",
              SparkLine.V3_5,
              "the lists each driver asks for every 30 s come from the API server's cache"),
          new DefaultProperty(
              "spark.kubernetes.driver.requestTimeout",
              "60000",
              SparkLine.V3_5,
              "a busy API server slows a driver down instead of failing it (Spark gives up after 10 s)"),
          new DefaultProperty(
              "spark.kubernetes.driver.connectionTimeout",
              "60000",
              SparkLine.V3_5,
              "as for requestTimeout"),
          new DefaultProperty(
              "spark.eventLog.rolling.enabled",
              "true",
              SparkLine.V3_5,
              "if there is an event log, it never becomes one file too large for the history server"),
          new DefaultProperty(
              "spark.eventLog.compress",
              "true",
              SparkLine.V3_5,
              "if there is an event log, it takes less room"));

  /**
   * What a pod is given where neither spec nor template says otherwise; see {@link PodDefaults}.
   */
  public record PodDefault(String field, String value, String reason) {}

  /** All of them, for driver and executors. */
  public static final List<PodDefault> POD_FIELDS =
      List.of(
          new PodDefault(
              "spec.enableServiceLinks",
              "false",
              "no variables for the Services of a namespace: with thousands the arguments get too long"),
          new PodDefault(
              "spec.securityContext",
              "runAsNonRoot, seccompProfile RuntimeDefault",
              "the restricted profile of the Pod Security Standards"),
          new PodDefault(
              "spec.containers[spark].securityContext",
              "no privilege escalation, all capabilities dropped",
              "the restricted profile of the Pod Security Standards"));

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
