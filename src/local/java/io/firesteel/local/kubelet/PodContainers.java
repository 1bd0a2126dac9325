package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.kubelet.plan.BoundPod;
import io.firesteel.local.kubelet.plan.ContainerResources;
import io.firesteel.local.kubelet.plan.LaunchPlan;
import io.firesteel.local.kubelet.process.ContainerProcess;
import io.firesteel.local.kubelet.status.ContainerRecord;
import io.firesteel.local.kubelet.status.ContainerState;
import io.firesteel.local.kubelet.status.PodActions;
import io.firesteel.local.kubelet.status.RestoredContainers;
import io.firesteel.local.kubelet.status.TerminationMessage;
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
 * The records and processes of the containers of one pod. Only the thread of the pod worker uses
 * it; ends of processes arrive as events.
 */
final class PodContainers {

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int SIGKILL_EXIT_CODE = 137;

  private final KubeletContext context;
  private final PodFolders folders;
  private final ContainerStarter starter;
  private final EventRecorder events;
  private final Pod pod;
  private final Consumer<PodWorkerEvent> workerEvents;
  private final Map<String, ContainerRecord> records = new LinkedHashMap<>();
  private final Map<String, ContainerProcess> processes = new HashMap<>();
  private final Set<String> oomKilled = new HashSet<>();

  PodContainers(
      KubeletContext context,
      PodFolders folders,
      EventRecorder events,
      Pod pod,
      Consumer<PodWorkerEvent> signals) {
    this.context = context;
    this.folders = folders;
    this.starter = new ContainerStarter(context.options(), context.namespaceObjects(pod), folders);
    this.events = events;
    this.pod = pod;
    this.workerEvents = signals;
    RestoredContainers.of(pod, now()).forEach(this::put);
  }

  List<ContainerRecord> records() {
    return List.copyOf(records.values());
  }

  boolean anyRunning() {
    return !processes.isEmpty();
  }

  void execute(PodActions steps, BoundPod boundPod) {
    for (var restart : steps.restart()) {
      if (restart.container().state() instanceof ContainerState.Terminated terminated) {
        put(restart.container().restarted(terminated, restart.next()));
        if (restart.next().until().isAfter(now())) {
          events.warning(
              pod,
              restart.container(),
              "BackOff",
              "Back-off restarting failed container " + restart.container().name());
        }
      }
    }
    steps.start().forEach(container -> put(started(container, boundPod)));
  }

  private ContainerRecord started(ContainerRecord container, BoundPod boundPod) {
    var image = container.spec().getImage();
    if (container.state() instanceof ContainerState.Waiting(var reason, _, _)
        && reason.equals("ErrImagePull")) {
      return imagePullBackOff(container);
    }
    return switch (tryStart(container, boundPod)) {
      case StartOutcome.Started(var process) -> running(container, process, boundPod.podIp());
      case StartOutcome.ImagePullError(var message) -> {
        events.normal(pod, container, "Pulling", "Pulling image \"" + image + "\"");
        events.warning(
            pod, container, "Failed", "Failed to pull image \"%s\": %s".formatted(image, message));
        events.warning(pod, container, "Failed", "Error: ErrImagePull");
        yield container.withState(waiting("ErrImagePull", message, RETRY));
      }
      case StartOutcome.InvalidImageName(var message) -> {
        events.warning(pod, container, "InspectFailed", message);
        yield container.withState(
            waiting("InvalidImageName", message, context.options().backOff()));
      }
      case StartOutcome.ContainerConfigError(var message) -> {
        events.warning(pod, container, "Failed", "Error: " + message);
        yield container.withState(waiting("CreateContainerConfigError", message, RETRY));
      }
      case StartOutcome.StartError(var message) -> {
        events.warning(pod, container, "Failed", "Error: " + message);
        yield container.withState(
            new ContainerState.Terminated(128, "StartError", message, now(), now()));
      }
    };
  }

  private StartOutcome tryStart(ContainerRecord container, BoundPod boundPod) {
    try {
      return starter.start(boundPod, container.spec());
    } catch (KubernetesClientException e) {
      return new StartOutcome.ContainerConfigError(
          "failed to read what the container refers to: " + e.getMessage());
    }
  }

  private ContainerRecord imagePullBackOff(ContainerRecord container) {
    var image = container.spec().getImage();
    var pause =
        context.options().backOff().multipliedBy(1L << Math.min(container.failedPulls(), 5));
    var message = "Back-off pulling image \"%s\"".formatted(image);
    events.normal(pod, container, "BackOff", message);
    events.warning(pod, container, "Failed", "Error: ImagePullBackOff");
    return container.withFailedPull(waiting("ImagePullBackOff", message, pause));
  }

  private ContainerRecord running(
      ContainerRecord container, ContainerProcess process, String address) {
    var name = container.name();
    processes.put(name, process);
    ContainerResources.memoryLimit(container.spec())
        .ifPresent(limit ->
            context
                .memory()
                .watch(
                    process,
                    limit,
                    held -> workerEvents.accept(new PodWorkerEvent.OomKilled(name, held, limit))));
    Thread.ofVirtual().name("container-" + name).start(() -> await(name, process));
    events.normal(
        pod,
        container,
        "Pulled",
        "Container image \"%s\" already present on machine".formatted(container.spec().getImage()));
    events.normal(pod, container, "Created", "Created container: " + name);
    events.normal(pod, container, "Started", "Started container " + name);
    var probe = TcpStartupProbe.of(container.spec(), address);
    probe.ifPresent(p ->
        Thread.ofVirtual()
            .name("probe-" + name)
            .start(() ->
                p.await(
                    process::isAlive,
                    () -> workerEvents.accept(new PodWorkerEvent.Started(name)))));
    return container.withState(new ContainerState.Running(now(), probe.isEmpty()));
  }

  void started(String name) {
    var container = records.get(name);
    if (container != null && container.state() instanceof ContainerState.Running(var since, _)) {
      put(container.withState(new ContainerState.Running(since, true)));
    }
  }

  private void await(String name, ContainerProcess process) {
    try {
      workerEvents.accept(new PodWorkerEvent.Exited(name, process.await()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void recordOomKill(PodWorkerEvent.OomKilled exceeded) {
    var container = records.get(exceeded.container());
    if (container != null && container.running()) {
      oomKilled.add(exceeded.container());
      events.warning(
          pod,
          container,
          "OOMKilling",
          "Memory cgroup out of memory: container %s held %d MiB and may have %d MiB"
              .formatted(exceeded.container(), exceeded.held() >> 20, exceeded.limit() >> 20));
    }
  }

  void exited(PodWorkerEvent.Exited exited) {
    var process = processes.remove(exited.container());
    var container = records.get(exited.container());
    if (process != null) {
      context.memory().unwatch(process);
    }
    if (container != null && container.state() instanceof ContainerState.Running(var since, _)) {
      var killed = oomKilled.remove(exited.container());
      var code = killed ? SIGKILL_EXIT_CODE : exited.exitCode();
      var reason = killed ? "OOMKilled" : code == 0 ? "Completed" : "Error";
      var message = message(container, code);
      put(container.withState(new ContainerState.Terminated(code, reason, message, since, now())));
    }
  }

  private @Nullable String message(ContainerRecord container, int code) {
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
      var container = records.get(name);
      if (container != null) {
        events.normal(pod, container, "Killing", "Stopping container " + name);
      }
    }
    processes.values().forEach(ContainerProcess::terminate);
  }

  void killAll() {
    processes.values().forEach(ContainerProcess::kill);
  }

  private void put(ContainerRecord container) {
    records.put(container.name(), container);
  }

  private ContainerState.Waiting waiting(String reason, String message, Duration pause) {
    return new ContainerState.Waiting(reason, message, now().plus(pause));
  }

  private Instant now() {
    return context.clock().instant();
  }
}
