package io.firesteel.driver.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.driver.SampleSpecs;
import io.firesteel.driver.TestJson;
import io.firesteel.driver.operator.CommonMetadata;
import io.firesteel.driver.operator.PodTemplates;
import io.firesteel.driver.operator.SparkDefaults;
import io.firesteel.driver.operator.SpecConf;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkPodSpec;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Whole jobs, from a SparkApplication on, and what spark-submit would be told for them: the same
 * properties without our defaults and with the spec's own templates.
 */
public final class WholeJobs {

  /** A job, and what Spark is asked. */
  record WholeJob(DesiredDriver driver, OracleCase asked) {}

  private static final String EXECUTOR =
      """
      apiVersion: v1
      kind: Pod
      spec: {containers: [{name: spark-kubernetes-executor}]}
      """;

  private WholeJobs() {}

  /** The jobs. */
  public static List<DesiredDriver> drivers(String version) {
    return all(version).stream().map(WholeJob::driver).toList();
  }

  /** What Spark is asked, as it becomes JSON. */
  public static List<?> asked(String version) {
    return all(version).stream().map(WholeJob::asked).toList();
  }

  static List<WholeJob> all(String version) {
    return specs().entrySet().stream()
        .map(e -> {
          ObjectNode spec = SampleSpecs.pi(e.getValue());
          spec.put("sparkVersion", version);
          return job(e.getKey(), spec);
        })
        .toList();
  }

  private static SequencedMap<String, String> specs() {
    var specs = new LinkedHashMap<String, String>();
    specs.put("least", "");
    specs.put("python", "{type: Python, mainApplicationFile: 'local:///a.py', mainClass: null}");
    specs.put(
        "sizes",
        "{driver: {cores: 2, coreRequest: 500m, memory: 4g}, executor: {instances: 9, memory: 8g}}");
    specs.put("names", "{driver: {labels: {a: b}, annotations: {c: '{{APP_ID}}'}}}");
    specs.put(
        "secrets",
        "driver: {secrets: [{name: gcp, path: /s, secretType: GCPServiceAccount}],"
            + " envSecretKeyRefs: {P: {name: db, key: p}}, envVars: {X: y}}");
    specs.put(
        "scratch",
        "{volumes: [{name: spark-local-dir-1, hostPath: {path: /nvme}}],"
            + " driver: {volumeMounts: [{name: spark-local-dir-1, mountPath: /scratch}]}}");
    specs.put(
        "claim",
        "sparkConf: {spark.kubernetes.driver.volumes.persistentVolumeClaim.d.mount.path: /d,"
            + " spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.claimName: OnDemand,"
            + " spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.storageClass: fast,"
            + " spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.sizeLimit: 9Gi}");
    specs.put(
        "template",
        "driver: {template: {metadata: {labels: {from: template}}, spec: {runtimeClassName: kata,"
            + " containers: [{name: spark-kubernetes-driver}, {name: logs, image: l}]}}}");
    specs.put("dynamic", "dynamicAllocation: {enabled: true, maxExecutors: 160}");
    specs.put("dependencies", "deps: {jars: ['local:///a.jar'], files: ['https://f.example/f']}");
    specs.put("own-words", "sparkConf: {spark.authenticate: 'false', spark.ui.port: '4141'}");
    return specs;
  }

  private static WholeJob job(String name, ObjectNode json) {
    DesiredDriver driver = SampleSpecs.driver(json);
    SparkApplicationSpec spec =
        switch (SpecReader.read(json, "")) {
          case ParsedSpec.Valid(var valid) -> valid;
          case ParsedSpec.Invalid(var errors) -> throw new AssertionError(errors);
        };
    DriverNames names = DriverNames.of(driver.attempt());
    SortedMap<String, String> conf =
        SpecConf.of(
            spec,
            driver,
            names,
            CommonMetadata.of(driver, names, "dry-run", 3),
            new ValidationErrors("/spec"));
    SparkDefaults.PROPERTIES.stream()
        .map(SparkDefaults.DefaultProperty::key)
        .filter(key -> !spec.sparkConf().containsKey(key))
        .forEach(conf::remove);
    return new WholeJob(
        driver,
        new OracleCase(
            name,
            spec.mainApplicationFile(),
            spec.mainClass(),
            spec.arguments(),
            spec.proxyUser(),
            conf,
            template(spec.driver().pod()),
            spec.executor().pod().template() == null ? EXECUTOR : template(spec.executor().pod()),
            names.applicationId(),
            names.prefix()));
  }

  private static @Nullable String template(SparkPodSpec part) {
    var pod = PodTemplates.pod(part.template());
    return pod == null ? null : TestJson.line(pod);
  }
}
