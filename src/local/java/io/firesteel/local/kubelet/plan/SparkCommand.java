package io.firesteel.local.kubelet.plan;

import io.firesteel.local.kubelet.config.Python;
import io.firesteel.local.kubelet.config.SparkInstallation;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command that the entry point of Spark's image runs for {@code driver} and {@code executor},
 * with the local Spark. A driver gets its own address and that of the API server, which DNS and
 * certificates provide in a cluster.
 *
 * @param spark the local Spark
 * @param api the API server on which drivers create executors
 * @param mounts the mount paths of the container
 * @param scratch the folder for temporary files
 */
record SparkCommand(SparkInstallation spark, URI api, MountPaths mounts, Path scratch) {

  private static final String SUBMIT = "org.apache.spark.deploy.SparkSubmit";
  private static final String EXECUTOR =
      "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend";
  private static final String OPTION = "SPARK_JAVA_OPT_";

  /** The file of {@code --properties-file}. */
  static Optional<Path> propertiesFile(List<String> args) {
    var at = args.indexOf("--properties-file");
    return at >= 0 && at + 1 < args.size()
        ? Optional.of(Path.of(args.get(at + 1)))
        : Optional.empty();
  }

  List<String> driver(List<String> args, Map<String, String> env, Map<String, String> properties) {
    var requested = new ArrayList<>(words(properties, "spark.driver.defaultJavaOptions"));
    requested.addAll(words(properties, "spark.driver.extraJavaOptions"));
    var command = java(spark.driverFlags(), requested);
    command.add(
        "-Xmx"
            + properties.getOrDefault(
                "spark.driver.memory", env.getOrDefault("SPARK_DRIVER_MEMORY", "1g")));
    command.addAll(classPath(env, properties.get("spark.driver.extraClassPath")));
    command.add(SUBMIT);
    settings(env, properties)
        .forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--deploy-mode", "client"));
    command.addAll(args);
    return List.copyOf(command);
  }

  private Map<String, String> settings(Map<String, String> env, Map<String, String> properties) {
    var settings = new LinkedHashMap<String, String>();
    properties.forEach((key, value) -> {
      if (isTheDriversOwn(key) && !mounts.rewrite(value).equals(value)) {
        settings.put(key, mounts.rewrite(value));
      }
    });
    var address =
        env.getOrDefault("SPARK_DRIVER_BIND_ADDRESS", env.getOrDefault("SPARK_LOCAL_IP", ""));
    if (spark.python() instanceof Python.Interpreter python) {
      settings.put("spark.pyspark.python", python.executable());
      settings.put("spark.pyspark.driver.python", python.executable());
    }
    settings.put("spark.driver.bindAddress", address);
    settings.put("spark.executorEnv.SPARK_DRIVER_POD_IP", address);
    settings.put("spark.driver.host", address);
    settings.put("spark.kubernetes.driver.master", api.toString());
    // On two busy cores, a request may take longer than Spark's timeout of ten seconds.
    for (var timeout : List.of("requestTimeout", "connectionTimeout")) {
      var key = "spark.kubernetes.driver." + timeout;
      settings.put(key, properties.getOrDefault(key, "60000"));
    }
    return settings;
  }

  /**
   * Whether to rewrite paths in the setting: not for executors and mount paths, which refer to
   * other containers.
   */
  private static boolean isTheDriversOwn(String key) {
    return key.endsWith("podTemplateFile")
        || !(key.startsWith("spark.executor")
            || key.startsWith("spark.kubernetes.executor.")
            || key.startsWith("spark.kubernetes.driver."));
  }

  List<String> executor(Map<String, String> env) {
    var command = java(spark.executorFlags(), executorOptions(env));
    var memory = env.getOrDefault("SPARK_EXECUTOR_MEMORY", "1g");
    command.addAll(List.of("-Xms" + memory, "-Xmx" + memory));
    command.addAll(classPath(env, env.get("SPARK_CLASSPATH")));
    command.add(EXECUTOR);
    var options =
        List.of(
            "--driver-url=SPARK_DRIVER_URL",
            "--executor-id=SPARK_EXECUTOR_ID",
            "--cores=SPARK_EXECUTOR_CORES",
            "--app-id=SPARK_APPLICATION_ID",
            "--hostname=SPARK_EXECUTOR_POD_IP",
            "--resourceProfileId=SPARK_RESOURCE_PROFILE_ID",
            "--podName=SPARK_EXECUTOR_POD_NAME");
    for (var option : options) {
      var equals = option.indexOf('=');
      command.add(option.substring(0, equals));
      command.add(env.getOrDefault(option.substring(equals + 1), ""));
    }
    return List.copyOf(command);
  }

  private static List<String> executorOptions(Map<String, String> env) {
    return env.keySet().stream()
        .filter(name -> name.matches(OPTION + "\\d{1,6}"))
        .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(OPTION.length()))))
        .map(name -> env.getOrDefault(name, ""))
        .toList();
  }

  private ArrayList<String> java(List<String> flags, List<String> requested) {
    var command = new ArrayList<String>();
    command.add(spark.javaHome().resolve("bin/java").toString());
    command.addAll(JavaOptions.startupOptions(flags, requested));
    command.add("-Djava.io.tmpdir=" + scratch);
    return command;
  }

  private List<String> words(Map<String, String> properties, String key) {
    return JavaOptions.split(mounts.rewrite(properties.getOrDefault(key, "")));
  }

  /**
   * Unlike in the image, the configuration folder comes last: a folder before the jars would
   * disable class-data sharing.
   */
  private List<String> classPath(Map<String, String> env, @Nullable String first) {
    var conf = spark.recording() ? "" : env.getOrDefault("SPARK_CONF_DIR", "");
    var parts =
        Stream.of(first == null ? "" : mounts.rewrite(first), spark.classPath(), conf)
            .filter(part -> !part.isEmpty())
            .toList();
    return List.of("-cp", String.join(File.pathSeparator, parts));
  }
}
