package io.firesteel.local.kubelet.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.firesteel.local.kubelet.config.Python;
import io.firesteel.local.kubelet.config.SparkInstallation;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Computes the process of a container whose environment and volumes are ready.
 *
 * @param pod the pod and its addresses
 * @param mounts the mount paths of the container and their folders
 * @param folder the folder of the container: working directory, home and temporary files
 * @param spark the local Spark
 * @param api the API server
 */
public record LaunchPlan(
    BoundPod pod, Map<String, Path> mounts, Path folder, SparkInstallation spark, URI api) {

  private static final String MESSAGE = "/dev/termination-log";
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /**
   * The process of this container.
   *
   * @param resolved the resolved environment
   * @param properties reads the properties file of a driver
   */
  public LaunchResult resolve(
      Container container,
      Map<String, String> resolved,
      Function<Path, Map<String, String>> properties) {
    var paths = new MountPaths(allMounts(container));
    var env = environment(resolved, paths);
    Function<String, String> here = text -> paths.rewrite(VariableExpansion.expand(text, resolved));
    var command = container.getCommand().stream().map(here).toList();
    var args = container.getArgs().stream().map(here).toList();
    return switch (Image.of(container.getImage())) {
      case Image.Spark _ when command.isEmpty() -> sparkCommand(args, env, paths, properties);
      case Image.Spark _, Image.Plain _ -> plainCommand(command, args, env);
      case Image.Unpullable(var message) -> new LaunchResult.Impossible(message);
      case Image.InvalidName(var message) -> new LaunchResult.Impossible(message);
    };
  }

  private LaunchResult sparkCommand(
      List<String> args,
      Map<String, String> env,
      MountPaths paths,
      Function<Path, Map<String, String>> properties) {
    var command = new SparkCommand(spark, api, paths, folder.resolve("tmp"));
    var role = args.isEmpty() ? "" : args.getFirst();
    var rest = args.subList(Math.min(1, args.size()), args.size());
    return switch (role) {
      case "driver" -> {
        var file = SparkCommand.propertiesFile(rest);
        var found = file.map(properties).orElse(Map.of());
        yield needsPython(rest) && spark.python() instanceof Python.Missing(var reason)
            ? new LaunchResult.Impossible(reason)
            : new LaunchResult.Start(command.driver(rest, env, found), env);
      }
      case "executor" -> new LaunchResult.Start(command.executor(env), env);
      default -> plainCommand(List.of(), args, env);
    };
  }

  private static boolean needsPython(List<String> args) {
    return args.stream().anyMatch(arg -> arg.endsWith(".py") || arg.endsWith("PythonRunner"));
  }

  private static LaunchResult plainCommand(
      List<String> command, List<String> args, Map<String, String> env) {
    var whole = new ArrayList<>(command);
    whole.addAll(args);
    if (whole.isEmpty()) {
      return new LaunchResult.Impossible(
          "no command specified, and the laptop platform has no images with a default command");
    }
    var program = findExecutable(whole.getFirst(), env.getOrDefault("PATH", PATH));
    if (program.isEmpty()) {
      return new LaunchResult.Impossible(
          "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed:"
              + " unable to start container process: exec: \"%s\": executable file not found in $PATH: unknown"
                  .formatted(whole.getFirst()));
    }
    whole.set(0, program.get().toString());
    return new LaunchResult.Start(whole, env);
  }

  private static Optional<Path> findExecutable(String name, String path) {
    var places =
        name.contains("/")
            ? Stream.of(Path.of(name))
            : Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, name));
    return places.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
  }

  /** The file for the termination message. */
  public static Path messageFile(Path folder) {
    return folder.resolve("termination-log");
  }

  private Map<String, Path> allMounts(Container container) {
    var all = new LinkedHashMap<String, Path>();
    all.put("/opt/spark/jars", spark.home().resolve("jars"));
    all.put("/opt/spark/examples", spark.home().resolve("examples"));
    all.put("/opt/spark/work-dir", folder.resolve("work"));
    var path = container.getTerminationMessagePath();
    all.put(path == null ? MESSAGE : path, messageFile(folder));
    all.putAll(mounts);
    return all;
  }

  private Map<String, String> environment(Map<String, String> resolved, MountPaths paths) {
    var env = new LinkedHashMap<String, String>();
    env.put("PATH", PATH);
    env.put("HOME", folder.toString());
    env.put("TMPDIR", folder.resolve("tmp").toString());
    env.put("HOSTNAME", pod.name());
    env.put("JAVA_HOME", spark.javaHome().toString());
    env.put("SPARK_HOME", spark.home().toString());
    env.put("SPARK_SCALA_VERSION", "2.13");
    env.put("SPARK_LOCAL_IP", pod.podIp());
    // The Kubernetes client in a driver must not use the kubeconfig of this user.
    env.put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
    resolved.forEach((name, value) -> env.put(name, paths.rewrite(value)));
    if (spark.python() instanceof Python.Interpreter python) {
      addPython(env, python);
    }
    return env;
  }

  /** A path of an interpreter in the image would not exist here. */
  private static void addPython(Map<String, String> env, Python.Interpreter python) {
    env.put("PYSPARK_PYTHON", python.executable());
    env.put("PYSPARK_DRIVER_PYTHON", python.executable());
    var path =
        Stream.concat(python.path().stream(), Stream.ofNullable(env.get("PYTHONPATH")))
            .collect(Collectors.joining(File.pathSeparator));
    if (!path.isEmpty()) {
      env.put("PYTHONPATH", path);
    }
  }
}
