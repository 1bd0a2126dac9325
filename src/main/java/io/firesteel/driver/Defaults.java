package io.firesteel.driver;

import io.firesteel.spec.SparkLine;
import java.util.List;
import java.util.Map;

/**
 * The properties Firesteel sets where a spec does not: a job that says nothing runs safely and gets
 * its executors fast. Whatever a spec sets itself wins.
 */
public final class Defaults {

  /** One of them; {@code since} is the first line it makes sense for. */
  public record Default(String key, String value, SparkLine since, String reason) {}

  /** All of them. */
  public static final List<Default> TABLE =
      List.of(
          new Default(
              "spark.authenticate",
              "true",
              SparkLine.V3_5,
              "only this job's executors can talk to its driver; Spark makes up a secret per job"),
          new Default(
              "spark.network.crypto.enabled",
              "true",
              SparkLine.V3_5,
              "what driver and executors tell each other, keys among it, is not readable on the wire"),
          new Default(
              "spark.io.encryption.enabled",
              "true",
              SparkLine.V3_5,
              "shuffle and spill files on a node's disk are not readable by who gets the disk next"),
          new Default(
              "spark.kubernetes.driver.annotateExitException",
              "true",
              SparkLine.V4_1,
              "the exception that ended a driver is on its pod and reaches the result event"),
          new Default(
              "spark.kubernetes.allocation.batch.size",
              "40",
              SparkLine.V3_5,
              "160 executors are asked for within 4 s instead of 32 s (3.5) or 16 s (4.0)"),
          new Default(
              "spark.kubernetes.executor.enablePollingWithResourceVersion",
              "true",
              SparkLine.V3_5,
              "the lists each driver asks for every 30 s come from the API server's cache"),
          new Default(
              "spark.kubernetes.driver.requestTimeout",
              "60000",
              SparkLine.V3_5,
              "a busy API server slows a driver down instead of failing it (Spark gives up after 10 s)"),
          new Default(
              "spark.kubernetes.driver.connectionTimeout",
              "60000",
              SparkLine.V3_5,
              "as for requestTimeout"),
          new Default(
              "spark.eventLog.rolling.enabled",
              "true",
              SparkLine.V3_5,
              "if there is an event log, it never becomes one file too large for the history server"),
          new Default(
              "spark.eventLog.compress",
              "true",
              SparkLine.V3_5,
              "if there is an event log, it takes less room"));

  /**
   * What a pod is given where neither spec nor template says otherwise; see {@link PodDefaults}.
   */
  public record PodDefault(String field, String value, String reason) {}

  /** All of them, for driver and executors. */
  public static final List<PodDefault> PODS =
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

  private Defaults() {}

  /** Adds what is not set. */
  static void apply(SparkLine line, Map<String, String> conf) {
    for (Default d : TABLE) {
      if (line.atLeast(d.since())) {
        conf.putIfAbsent(d.key(), d.value());
      }
    }
  }
}
