package io.firesteel.driver.operator;

import io.firesteel.driver.features.BasicDriverFeatureStep;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.DynamicAllocation;
import io.firesteel.spec.SecretInfo;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkDependencies;
import io.firesteel.spec.SparkPodSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Translates a spec into Spark properties, as far as there are such properties. After the Spark
 * operator's {@code internal/controller/sparkapplication/submission.go}: fields of driver and
 * executor override {@code sparkConf}, which overrides {@link SparkDefaults}. Firesteel always sets
 * the names.
 */
public final class SpecConf {

  private final SparkApplicationSpec spec;
  private final SortedMap<String, String> conf = new TreeMap<>();

  private SpecConf(SparkApplicationSpec spec) {
    this.spec = spec;
  }

  /** The properties of a driver, sorted by key; new at each call. */
  public static SortedMap<String, String> of(
      SparkApplicationSpec spec,
      DesiredDriver driver,
      DriverNames names,
      CommonMetadata commonMetadata,
      ValidationErrors errors) {
    var built = new SpecConf(spec);
    built.application();
    built.conf.putAll(spec.sparkConf());
    spec.hadoopConf().forEach((key, value) -> built.conf.put("spark.hadoop." + key, value));
    built.driver();
    built.executor();
    spec.nodeSelector().forEach((k, v) -> built.conf.put("spark.kubernetes.node.selector." + k, v));
    built.dynamicAllocation();
    built.dependencies();
    LocalDirVolumes.put("driver", spec, spec.driver().pod(), built.conf, errors);
    LocalDirVolumes.put("executor", spec, spec.executor().pod(), built.conf, errors);
    built.names(driver, names);
    MonitoringConfig.conf(spec, names, built.conf);
    DriverIngresses.conf(spec, driver, names, built.conf);
    BatchScheduling.conf(spec, names, built.conf, errors);
    built.sparkConfigMap();
    commonMetadata.applyTo("driver", built.conf);
    commonMetadata.applyTo("executor", built.conf);
    ExecutorMemoryLimit.apply(spec, built.conf, errors);
    SparkDefaults.apply(spec.line(), built.conf);
    return built.conf;
  }

  private void application() {
    put("spark.kubernetes.container.image", spec.image());
    put("spark.kubernetes.container.image.pullPolicy", spec.imagePullPolicy());
    list("spark.kubernetes.container.image.pullSecrets", spec.imagePullSecrets());
    put("spark.kubernetes.pyspark.pythonVersion", spec.pythonVersion());
    put("spark.kubernetes.memoryOverheadFactor", spec.memoryOverheadFactor());
  }

  private void names(DesiredDriver driver, DriverNames names) {
    conf.put("spark.master", "k8s://https://kubernetes.default.svc");
    conf.put("spark.app.name", driver.attempt().job().id());
    conf.put("spark.kubernetes.namespace", driver.placement().namespace());
    conf.put("spark.kubernetes.driver.pod.name", names.pod());
    conf.put("spark.kubernetes.executor.podNamePrefix", names.prefix());
    String account = driver.placement().serviceAccount();
    put("spark.kubernetes.authenticate.driver.serviceAccountName", account);
    put("spark.kubernetes.authenticate.executor.serviceAccountName", account);
  }

  /** Executors look for files such as log4j2.properties on their class path. */
  private void sparkConfigMap() {
    if (spec.sparkConfigMap() != null) {
      conf.merge(
          "spark.executor.extraClassPath",
          PodMutations.SPARK_CONF_DIR,
          (given, own) -> own + ":" + given);
    }
  }

  private void driver() {
    conf.put("spark.kubernetes.driver.container.image", spec.driverImage());
    SparkPodSpec pod = spec.driver().pod();
    common("driver", pod);
    put("spark.kubernetes.driver.master", spec.driver().kubernetesMaster());
    spec.driver()
        .serviceLabels()
        .forEach((k, v) -> conf.put("spark.kubernetes.driver.service.label." + k, v));
    spec.driver()
        .serviceAnnotations()
        .forEach((k, v) -> conf.put("spark.kubernetes.driver.service.annotation." + k, v));
    pod.envVars().forEach((k, v) -> conf.put("spark.kubernetes.driverEnv." + k, v));
    secrets("driver", "spark.kubernetes.driverEnv.", pod.secrets());
    if (pod.template() != null) {
      conf.putIfAbsent(
          "spark.kubernetes.driver.podTemplateContainerName", BasicDriverFeatureStep.CONTAINER);
    }
  }

  private void executor() {
    conf.put("spark.kubernetes.executor.container.image", spec.executorImage());
    SparkPodSpec pod = spec.executor().pod();
    common("executor", pod);
    if (spec.executor().instances() instanceof Integer instances) {
      conf.put("spark.executor.instances", instances.toString());
    } else if (!dynamic()) {
      conf.putIfAbsent("spark.executor.instances", "1");
    }
    if (spec.executor().deleteOnTermination() instanceof Boolean delete) {
      conf.put("spark.kubernetes.executor.deleteOnTermination", delete.toString());
    }
    if (pod.terminationGracePeriodSeconds() instanceof Long seconds) {
      conf.put("spark.kubernetes.executor.terminationGracePeriodSeconds", seconds + "s");
    }
    pod.envVars().forEach((k, v) -> conf.put("spark.executorEnv." + k, v));
    secrets("executor", "spark.executorEnv.", pod.secrets());
  }

  private void common(String role, SparkPodSpec pod) {
    String kubernetes = "spark.kubernetes." + role;
    if (pod.cores() instanceof Integer cores) {
      conf.put("spark." + role + ".cores", cores.toString());
    }
    conf.putIfAbsent("spark." + role + ".cores", "1");
    put(kubernetes + ".request.cores", pod.coreRequest());
    put(kubernetes + ".limit.cores", pod.coreLimit());
    put("spark." + role + ".memory", pod.memory());
    conf.putIfAbsent("spark." + role + ".memory", "1g");
    put("spark." + role + ".memoryOverhead", pod.memoryOverhead());
    put("spark." + role + ".extraJavaOptions", pod.javaOptions());
    put(kubernetes + ".scheduler.name", pod.schedulerName());
    pod.labels().forEach((k, v) -> conf.put(kubernetes + ".label." + k, v));
    pod.annotations().forEach((k, v) -> conf.put(kubernetes + ".annotation." + k, v));
    pod.nodeSelector().forEach((k, v) -> conf.put(kubernetes + ".node.selector." + k, v));
    pod.envSecretKeyRefs()
        .forEach((k, v) -> conf.put(kubernetes + ".secretKeyRef." + k, v.name() + ":" + v.key()));
  }

  private void secrets(String role, String env, List<SecretInfo> secrets) {
    for (SecretInfo secret : secrets) {
      conf.put("spark.kubernetes." + role + ".secrets." + secret.name(), secret.path());
      String directory = secret.path().replaceAll("(?<!/)/+$", "");
      switch (secret.secretType()) {
        case GCP_SERVICE_ACCOUNT ->
            conf.put(env + "GOOGLE_APPLICATION_CREDENTIALS", directory + "/key.json");
        case HADOOP_DELEGATION_TOKEN ->
            conf.put(env + "HADOOP_TOKEN_FILE_LOCATION", directory + "/hadoop.token");
        case GENERIC -> {}
      }
    }
  }

  private boolean dynamic() {
    return (spec.dynamicAllocation() instanceof DynamicAllocation d
            && Boolean.TRUE.equals(d.enabled()))
        || "true".equalsIgnoreCase(conf.get("spark.dynamicAllocation.enabled"));
  }

  private void dynamicAllocation() {
    if (spec.dynamicAllocation() instanceof DynamicAllocation given
        && Boolean.TRUE.equals(given.enabled())) {
      String prefix = "spark.dynamicAllocation.";
      conf.put(prefix + "enabled", "true");
      put(prefix + "initialExecutors", text(given.initialExecutors()));
      put(prefix + "minExecutors", text(given.minExecutors()));
      put(prefix + "maxExecutors", text(given.maxExecutors()));
      put(prefix + "shuffleTracking.enabled", text(given.shuffleTrackingEnabled()));
      conf.putIfAbsent(prefix + "shuffleTracking.enabled", "true");
      put(prefix + "shuffleTracking.timeout", text(given.shuffleTrackingTimeout()));
    }
  }

  private void dependencies() {
    SparkDependencies deps = spec.dependencies();
    list("spark.jars", deps.jars());
    list("spark.files", deps.files());
    list("spark.archives", deps.archives());
    list("spark.submit.pyFiles", deps.pyFiles());
    list("spark.jars.packages", deps.packages());
    list("spark.jars.excludes", deps.excludePackages());
    list("spark.jars.repositories", deps.repositories());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private void put(String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      conf.put(key, value);
    }
  }

  private void list(String key, List<String> values) {
    if (!values.isEmpty()) {
      conf.put(key, String.join(",", values));
    }
  }
}
