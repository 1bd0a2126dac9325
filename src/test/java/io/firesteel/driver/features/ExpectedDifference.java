package io.firesteel.driver.features;

import io.firesteel.driver.operator.SparkDefaults;
import io.firesteel.spec.SparkLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A field that differs from spark-submit on purpose, and why. */
public record ExpectedDifference(Pattern object, Pattern path, String reason) {

  /** A field of a pod that Firesteel sets unless spec or template does. */
  public record PodDefault(String field, String value, String reason) {}

  /** The default fields of driver and executor pods. */
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

  /**
   * Those of conf to objects; what {@link SparkDefaults} and pods add to a conf is not among them.
   */
  static final List<ExpectedDifference> CORE =
      List.of(
          of(
              "ConfigMap",
              "/data/spark\\.properties/spark\\.app\\.submitTime",
              "the driver sets it when it starts; the same job gives the same objects"),
          of(
              "ConfigMap",
              "/data/spark\\.properties/spark\\.kubernetes\\.driver\\.podTemplateFile",
              "a path on the client's disk; the template is already part of the pod"),
          of(
              "Service",
              "/spec/publishNotReadyAddresses",
              "executors find a driver whose startup probe has not succeeded yet"));

  /** Those of lines that are not supported: of the next one that is, and nobody notices. */
  public static final List<ExpectedDifference> NEAREST =
      Stream.of(
              "Pod /metadata/labels/spark-(version|app-name)",
              "Pod /metadata/annotations/.*",
              "Pod /spec/(nodeSelector/.*|schedulerName)",
              "Pod /spec/(containers/\\d/volumeMounts|volumes)/spark-conf-volume(-driver)?",
              "Service /spec/(selector/spark-(version|app-name)|ipFamilies|ipFamilyPolicy)",
              "Service|PersistentVolumeClaim /metadata/labels(/.*)?",
              "ConfigMap /(immutable|metadata/namespace|data/spark\\.kubernetes\\.namespace)")
          .map(rule -> rule.split(" ", 2))
          .map(rule -> of(rule[0], rule[1], "as in Spark " + SparkLine.V3_4))
          .toList();

  private static final String PROPERTIES = "/data/spark\\.properties/";

  /** Those that Firesteel adds to every whole job. */
  private static final List<ExpectedDifference> FIRESTEEL =
      List.of(
          of("Pod", "/spec/enableServiceLinks", POD_FIELDS.get(0).reason()),
          of("Pod", "/spec/securityContext", POD_FIELDS.get(1).reason()),
          of("Pod", "/spec/containers/\\d/securityContext", POD_FIELDS.get(2).reason()),
          of(
              "Pod",
              "/spec/containers/\\d/env/(FIRESTEEL_(JOB_ID|TENANT|ATTEMPT|OUTPUTS)|TRACEPARENT)",
              "the identity and the trace of the job"),
          of(
              "ConfigMap",
              PROPERTIES + "spark\\.kubernetes\\.executor\\.podTemplateContainerName",
              "names Spark's container in the executors' template"),
          of(
              "ConfigMap",
              "/data/podspec-configmap-key",
              "holds the executors' fields that have no property; no webhook is needed"),
          of(
              "Service|ConfigMap|PersistentVolumeClaim",
              "/metadata/(labels|annotations)"
                  + "(/(firesteel\\.io/.*|app\\.kubernetes\\.io/managed-by|team))?",
              "by which Firesteel finds the object"),
          of(
              "Pod|Service|ConfigMap|PersistentVolumeClaim",
              "/metadata/namespace",
              "spark-submit sets it on its client instead"));

  /** Those of conf to objects in a line. */
  static List<ExpectedDifference> ofConf(SparkLine line) {
    return line.isSupported() ? CORE : Stream.of(CORE, NEAREST).flatMap(List::stream).toList();
  }

  /** Those of a whole job from what spark-submit builds from the same properties. */
  public static List<ExpectedDifference> ofWholeJobs(SparkLine line) {
    var all = new ArrayList<>(ofConf(line));
    for (SparkDefaults.DefaultProperty d : SparkDefaults.PROPERTIES) {
      if (line.atLeast(d.since())) {
        all.add(of("ConfigMap", PROPERTIES + Pattern.quote(d.key()), d.reason()));
      }
    }
    all.addAll(FIRESTEEL);
    return all;
  }

  static ExpectedDifference of(String object, String path, String reason) {
    return new ExpectedDifference(Pattern.compile(object), Pattern.compile(path), reason);
  }

  boolean allows(ObjectDiff.Difference difference) {
    return object.matcher(difference.object()).matches()
        && path.matcher(difference.path()).matches();
  }
}
