package io.firesteel.driver;

import io.firesteel.spec.validation.IgnoredFields;
import java.util.ArrayList;
import java.util.List;

/** Every field of a SparkApplication: where it ends up, or why it does not. */
final class FieldTable {

  /** A field that does not end up anywhere; {@code yaml} uses it. */
  record Note(String field, String yaml, String reason) {}

  /** What changes nothing. */
  static final List<Note> IGNORED =
      List.of(
          unused("driver/podName", "driver: {podName: my-driver}"),
          unused("failureRetries", "failureRetries: 3"),
          unused("retryInterval", "retryInterval: 3"),
          unused("sparkConf/spark.app.id", "sparkConf: {spark.app.id: x}"),
          unused("sparkConf/spark.app.name", "sparkConf: {spark.app.name: x}"),
          unused("sparkConf/spark.driver.host", "sparkConf: {spark.driver.host: x}"),
          unused(
              "sparkConf/spark.kubernetes.driver.pod.name",
              "sparkConf: {spark.kubernetes.driver.pod.name: x}"),
          unused(
              "sparkConf/spark.kubernetes.executor.podNamePrefix",
              "sparkConf: {spark.kubernetes.executor.podNamePrefix: x}"));

  /** Fields that may not have a certain value. */
  static final List<Note> REFUSED =
      List.of(
          new Note("mode", "mode: client", "the driver always runs in the cluster"),
          new Note(
              "suspend",
              "suspend: true",
              "a request is sent when it should run; a tenant can be suspended"));

  private FieldTable() {}

  private static Note unused(String field, String yaml) {
    return new Note(field, yaml, String.valueOf(IgnoredFields.REASONS.get("/" + field)));
  }

  static List<FieldRow> rows() {
    var rows = new ArrayList<FieldRow>();
    application(rows);
    dependencies(rows);
    account(rows);
    rows.addAll(FieldTablePods.rows());
    rows.addAll(FieldTableServices.rows());
    return rows;
  }

  private static void add(
      List<FieldRow> rows, String field, String yaml, String where, String expected) {
    rows.add(new FieldRow(field, yaml, where, expected));
  }

  /** One for driver and executors; whether the tenant may use it is its policy's matter. */
  private static void account(List<FieldRow> rows) {
    String both = "{driver: {serviceAccount: boss}, executor: {serviceAccount: boss}}";
    add(rows, "driver/serviceAccount", both, "account", "boss");
    add(rows, "executor/serviceAccount", both, "account", "boss");
  }

  private static void application(List<FieldRow> rows) {
    add(
        rows,
        "type",
        "{type: Python, mainApplicationFile: 'local:///a.py'}",
        "property spark.kubernetes.resource.type",
        "python");
    add(
        rows,
        "sparkVersion",
        "sparkVersion: 4.0.1",
        "driver /metadata/labels/spark-version",
        "4.0.1");
    add(rows, "proxyUser", "proxyUser: joe", "driver /spec/containers/0/args/2", "joe");
    add(rows, "image", "image: x:1", "driver /spec/containers/0/image", "x:1");
    add(
        rows,
        "imagePullPolicy",
        "imagePullPolicy: Always",
        "driver /spec/containers/0/imagePullPolicy",
        "Always");
    add(
        rows,
        "imagePullSecrets",
        "imagePullSecrets: [a, b]",
        "driver /spec/imagePullSecrets",
        "[{\"name\":\"a\"},{\"name\":\"b\"}]");
    add(rows, "mainClass", "mainClass: a.B", "driver /spec/containers/0/args/4", "a.B");
    add(
        rows,
        "mainApplicationFile",
        "mainApplicationFile: 's3a://b/x.jar'",
        "driver /spec/containers/0/args/5",
        "s3a://b/x.jar");
    add(rows, "arguments", "arguments: [one, two]", "driver /spec/containers/0/args/7", "two");
    add(rows, "sparkConf", "sparkConf: {spark.a: b}", "property spark.a", "b");
    add(rows, "hadoopConf", "hadoopConf: {fs.x: y}", "property spark.hadoop.fs.x", "y");
    add(
        rows,
        "sparkConfigMap",
        "sparkConfigMap: conf",
        "executor /spec/volumes/0/configMap/name",
        "conf");
    add(
        rows,
        "hadoopConfigMap",
        "hadoopConfigMap: conf",
        "executor /spec/containers/0/env/0/value",
        "/etc/hadoop/conf");
    add(
        rows,
        "volumes",
        "{volumes: [{name: v, emptyDir: {}}], executor: {volumeMounts: [{name: v, mountPath: /v}]}}",
        "executor /spec/volumes/0/name",
        "v");
    add(
        rows,
        "nodeSelector",
        "nodeSelector: {disk: ssd}",
        "property spark.kubernetes.node.selector.disk",
        "ssd");
    add(
        rows,
        "pythonVersion",
        "pythonVersion: '3'",
        "property spark.kubernetes.pyspark.pythonVersion",
        "3");
    add(
        rows,
        "memoryOverheadFactor",
        "{memoryOverheadFactor: '0.5', driver: {memory: 4g}}",
        "driver /spec/containers/0/resources/limits/memory",
        "6144Mi");
    add(rows, "timeToLiveSeconds", "timeToLiveSeconds: 60", "ttl", "PT1M");
    String retry = "RetryPolicy[type=ON_FAILURE, onFailureRetries=3, onFailureRetryInterval=PT10S,";
    retry += " onSubmissionFailureRetries=5, onSubmissionFailureRetryInterval=PT20S]";
    for (String field :
        List.of(
            "type",
            "onFailureRetries",
            "onFailureRetryInterval",
            "onSubmissionFailureRetries",
            "onSubmissionFailureRetryInterval")) {
      add(
          rows,
          "restartPolicy/" + field,
          "restartPolicy: {type: OnFailure, onFailureRetries: 3, onFailureRetryInterval: 10,"
              + " onSubmissionFailureRetries: 5, onSubmissionFailureRetryInterval: 20}",
          "retry",
          retry);
    }
    dynamicAllocation(rows);
  }

  private static void dynamicAllocation(List<FieldRow> rows) {
    String yaml =
        "dynamicAllocation: {enabled: true, initialExecutors: 2, minExecutors: 1, maxExecutors: 9,"
            + " shuffleTrackingEnabled: true, shuffleTrackingTimeout: 600}";
    String property = "property spark.dynamicAllocation.";
    add(rows, "dynamicAllocation/enabled", yaml, property + "enabled", "true");
    add(rows, "dynamicAllocation/initialExecutors", yaml, property + "initialExecutors", "2");
    add(rows, "dynamicAllocation/minExecutors", yaml, property + "minExecutors", "1");
    add(rows, "dynamicAllocation/maxExecutors", yaml, property + "maxExecutors", "9");
    add(
        rows,
        "dynamicAllocation/shuffleTrackingEnabled",
        yaml,
        property + "shuffleTracking.enabled",
        "true");
    add(
        rows,
        "dynamicAllocation/shuffleTrackingTimeout",
        yaml,
        property + "shuffleTracking.timeout",
        "600");
  }

  private static void dependencies(List<FieldRow> rows) {
    add(
        rows,
        "deps/jars",
        "deps: {jars: ['local:///a.jar']}",
        "property spark.jars",
        "local:///a.jar,local:///opt/app/pi.jar");
    add(rows, "deps/files", "deps: {files: ['s3a://b/f']}", "property spark.files", "s3a://b/f");
    add(
        rows,
        "deps/pyFiles",
        "deps: {pyFiles: ['local:///a.py', 'local:///b.zip']}",
        "property spark.submit.pyFiles",
        "local:///a.py,local:///b.zip");
    add(
        rows,
        "deps/archives",
        "deps: {archives: ['s3a://b/e.tgz#env']}",
        "property spark.archives",
        "s3a://b/e.tgz#env");
    add(
        rows,
        "deps/packages",
        "deps: {packages: ['g:a:1']}",
        "property spark.jars.packages",
        "g:a:1");
    add(
        rows,
        "deps/excludePackages",
        "deps: {excludePackages: ['g:a']}",
        "property spark.jars.excludes",
        "g:a");
    add(
        rows,
        "deps/repositories",
        "deps: {repositories: ['https://r.example']}",
        "property spark.jars.repositories",
        "https://r.example");
  }
}
