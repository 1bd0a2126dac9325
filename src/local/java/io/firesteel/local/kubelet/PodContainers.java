package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.kubelet.plan.LaunchPlan;
import io.firesteel.local.kubelet.plan.PodFacts;
import io.firesteel.local.kubelet.plan.Resources;
import io.firesteel.local.kubelet.process.ContainerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one pod: what is known of each, and the process of those that run. Belongs to
 * the pod's worker and is used by its thread alone; ends of processes come back to it as signals.
 */
final class PodContainers {

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int KILLED = 137;

  private final KubeletParts parts;
  private final PodFolders folders;
  private final ContainerStarter starter;
  private final PodEvents events;
  private final Pod pod;
  private final Consumer<Signal> signals;
  private final Map<String, ContainerFacts> facts = new LinkedHashMap<>();
  private final Map<String, ContainerProcess> processes = new HashMap<>();
  private final Set<String> outOfMemory = new HashSet<>();

  PodContainers(
      KubeletParts parts, PodFolders folders, PodEvents events, Pod pod, Consumer<Signal> signals) {
    this.parts = parts;
    this.folders = folders;
    this.starter = new ContainerStarter(parts.options(), parts.sources(pod), folders);
    this.events = events;
    this.pod = pod;
    this.signals = signals;
    Adoption.containers(pod, now()).forEach(this::put);
  }

  List<ContainerFacts> facts() {
    return List.copyOf(facts.values());
  }

  boolean anyRunning() {
    return !processes.isEmpty();
  }

  void take(NextSteps steps, PodFacts podFacts) {
    for (var rerun : steps.rerun()) {
      if (rerun.facts().state() instanceof ContainerState.Ended ended) {
        put(rerun.facts().again(ended, rerun.next()));
        if (rerun.next().until().isAfter(now())) {
          events.warning(
              pod,
              rerun.facts(),
              "BackOff",
              "Back-off restarting failed container " + rerun.facts().name());
        }
      }
    }
    steps.start().forEach(container -> put(started(container, podFacts)));
  }

  private ContainerFacts started(ContainerFacts container, PodFacts podFacts) {
    var image = container.spec().getImage();
    if (container.state() instanceof ContainerState.Waiting(var reason, _, _)
        && reason.equals("ErrImagePull")) {
      return backingOff(container);
    }
    return switch (attempt(container, podFacts)) {
      case StartOutcome.Started(var process) -> running(container, process);
      case StartOutcome.NoImage(var message) -> {
        events.normal(pod, container, "Pulling", "Pulling image \"" + image + "\"");
        events.warning(
            pod, container, "Failed", "Failed to pull image \"%s\": %s".formatted(image, message));
        events.warning(pod, container, "Failed", "Error: ErrImagePull");
        yield container.in(waiting("ErrImagePull", message, RETRY));
      }
      case StartOutcome.BadName(var message) -> {
        events.warning(pod, container, "InspectFailed", message);
        yield container.in(waiting("InvalidImageName", message, parts.options().backOff()));
      }
      case StartOutcome.NotConfigured(var message) -> {
        events.warning(pod, container, "Failed", "Error: " + message);
        yield container.in(waiting("CreateContainerConfigError", message, RETRY));
      }
      case StartOutcome.CannotRun(var message) -> {
        events.warning(pod, container, "Failed", "Error: " + message);
        yield container.in(new ContainerState.Ended(128, "StartError", message, now(), now()));
      }
    };
  }

  private StartOutcome attempt(ContainerFacts container, PodFacts podFacts) {
    try {
      return starter.start(podFacts, container.spec());
    } catch (KubernetesClientException e) {
      return new StartOutcome.NotConfigured(
          "failed to read what the container refers to: " + e.getMessage());
    }
  }

  private ContainerFacts backingOff(ContainerFacts container) {
    var image = container.spec().getImage();
    var pause = parts.options().backOff().multipliedBy(1L << Math.min(container.failedPulls(), 5));
    var message = "Back-off pulling image \"%s\"".formatted(image);
    events.normal(pod, container, "BackOff", message);
    events.warning(pod, container, "Failed", "Error: ImagePullBackOff");
    return container.pullFailed(waiting("ImagePullBackOff", message, pause));
  }

  private ContainerFacts running(ContainerFacts container, ContainerProcess process) {
    var name = container.name();
    processes.put(name, process);
    Resources.memoryLimit(container.spec())
        .ifPresent(limit ->
            parts
                .memory()
                .watch(
                    process,
                    limit,
                    held -> signals.accept(new Signal.OutOfMemory(name, held, limit))));
    Thread.ofVirtual().name("container-" + name).start(() -> await(name, process));
    events.normal(
        pod,
        container,
        "Pulled",
        "Container image \"%s\" already present on machine".formatted(container.spec().getImage()));
    events.normal(pod, container, "Created", "Created container: " + name);
    events.normal(pod, container, "Started", "Started container " + name);
    return container.in(new ContainerState.Running(now()));
  }

  private void await(String name, ContainerProcess process) {
    try {
      signals.accept(new Signal.Exited(name, process.await()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void outOfMemory(Signal.OutOfMemory exceeded) {
    var container = facts.get(exceeded.container());
    if (container != null && container.running()) {
      outOfMemory.add(exceeded.container());
      events.warning(
          pod,
          container,
          "OOMKilling",
          "Memory cgroup out of memory: container %s held %d MiB and may have %d MiB"
              .formatted(exceeded.container(), exceeded.held() >> 20, exceeded.limit() >> 20));
    }
  }

  void exited(Signal.Exited exited) {
    var process = processes.remove(exited.container());
    var container = facts.get(exited.container());
    if (process != null) {
      parts.memory().forget(process);
    }
    if (container != null && container.state() instanceof ContainerState.Running(var since)) {
      var killed = outOfMemory.remove(exited.container());
      var code = killed ? KILLED : exited.exitCode();
      var reason = killed ? "OOMKilled" : code == 0 ? "Completed" : "Error";
      var message = message(container, code);
      put(container.in(new ContainerState.Ended(code, reason, message, since, now())));
    }
  }

  private @Nullable String message(ContainerFacts container, int code) {
    try {
      var file = LaunchPlan.messageFile(folders.home(container.name()));
      return TerminationMessage.of(
          container.spec(), file, code == 0 ? null : folders.log(container.name()));
    } catch (IOException _) {
      return null;
    }
  }

  void terminateAll() {
    for (var name : new ArrayList<>(processes.keySet())) {
      var container = facts.get(name);
      if (container != null) {
        events.normal(pod, container, "Killing", "Stopping container " + name);
      }
    }
    processes.values().forEach(ContainerProcess::terminate);
  }

  void killAll() {
    processes.values().forEach(ContainerProcess::kill);
  }

  private void put(ContainerFacts container) {
    facts.put(container.name(), container);
  }

  private ContainerState.Waiting waiting(String reason, String message, Duration pause) {
    return new ContainerState.Waiting(reason, message, now().plus(pause));
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
