package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.plan.BoundPod;
import io.firesteel.local.kubelet.plan.Environment;
import io.firesteel.local.kubelet.plan.Image;
import io.firesteel.local.kubelet.plan.LaunchPlan;
import io.firesteel.local.kubelet.plan.LaunchResult;
import io.firesteel.local.kubelet.plan.NamespaceObjects;
import io.firesteel.local.kubelet.plan.NonRoot;
import io.firesteel.local.kubelet.process.ContainerProcess;
import io.firesteel.local.kubelet.process.OrphanedProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Starts a container of a pod whose volumes are mounted.
 *
 * @param options the options of the kubelet
 * @param sources the objects that containers refer to
 * @param folders the folders of the pod
 */
record ContainerStarter(KubeletOptions options, NamespaceObjects sources, PodFolders folders) {

  StartOutcome start(BoundPod pod, Container container) {
    return switch (Image.of(container.getImage())) {
      case Image.Unpullable(var message) -> new StartOutcome.ImagePullError(message);
      case Image.InvalidName(var message) -> new StartOutcome.InvalidImageName(message);
      case Image.Spark _ -> startAs(false, pod, container);
      case Image.Plain(var root) -> startAs(root, pod, container);
    };
  }

  private StartOutcome startAs(boolean root, BoundPod pod, Container container) {
    var refusal = NonRoot.refusal(pod.pod(), container, root);
    if (refusal.isPresent()) {
      return new StartOutcome.ContainerConfigError(refusal.get());
    }
    return switch (Environment.resolve(pod, container, sources)) {
      case Environment.Missing(var message) -> new StartOutcome.ContainerConfigError(message);
      case Environment.Resolved(var env) -> run(pod, container, env);
    };
  }

  private StartOutcome run(BoundPod pod, Container container, Map<String, String> env) {
    try {
      var home = folders.home(container.getName());
      var mounts = folders.mountsOf(container);
      var plan = new LaunchPlan(pod, mounts, home, options.spark(), options.api());
      return switch (plan.resolve(container, env, ContainerStarter::properties)) {
        case LaunchResult.Impossible(var message) -> new StartOutcome.StartError(message);
        case LaunchResult.Start launch -> new StartOutcome.Started(process(pod, container, launch));
      };
    } catch (IOException | UncheckedIOException e) {
      return new StartOutcome.StartError("failed to start container: " + e.getMessage());
    }
  }

  private ContainerProcess process(BoundPod pod, Container container, LaunchResult.Start launch)
      throws IOException {
    var env = new HashMap<>(launch.env());
    env.putAll(OrphanedProcesses.ownerEnvironment(options.data(), pod.uid()));
    var work = folders.home(container.getName()).resolve("work");
    var folder =
        container.getWorkingDir() == null ? work : existingOr(container.getWorkingDir(), work);
    return ContainerProcess.start(
        new ContainerProcess.Spec(launch.command(), env, folder, folders.log(container.getName())));
  }

  private static Path existingOr(String wanted, Path otherwise) {
    var path = Path.of(wanted);
    return Files.isDirectory(path) ? path : otherwise;
  }

  private static Map<String, String> properties(Path file) {
    try (var reader = Files.newBufferedReader(file)) {
      var properties = new Properties();
      properties.load(reader);
      var map = new HashMap<String, String>();
      properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
      return map;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.getFileName(), e);
    }
  }
}
