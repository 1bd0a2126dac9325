package io.firesteel.local.kubernetes.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.firesteel.local.kubernetes.watch.InProcessWatchSink;
import io.firesteel.local.kubernetes.watch.WatchRequest;
import io.firesteel.local.kubernetes.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scheduler and kubelet for benchmarks. Pods with the {@link #ANNOTATION} are scheduled, run and
 * end as their {@link SimulatedPodPlan} says, without a process; a pod runs once its ConfigMaps
 * exist. The other kubelet ignores such pods. One thread serves all pods, with one timer for each.
 */
public final class SimulatedPods implements AutoCloseable {
  /**
   * Marks a pod as simulated; its value is the plan, for example {@code runMillis=200,exitCode=0}.
   */
  public static final String ANNOTATION = "firesteel.local/simulate";

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedPods.class);
  private static final WriteOptions AS_KUBELET = WriteOptions.by("simulated-kubelet");
  private static final String NODE = "simulated";
  private static final Duration CONFIG_MAP_RETRY = Duration.ofMillis(20);
  private static final Duration MAX_CONFIG_MAP_RETRY = Duration.ofSeconds(2);

  private final KubernetesApi api;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("simulated-pods").factory());
  // Only touched by the one thread.
  private final Map<String, SimulatedPod> simulated = new HashMap<>();
  private long addresses;
  private @Nullable Watcher watcher;

  private SimulatedPods(KubernetesApi api) {
    this.api = api;
  }

  public static SimulatedPods start(KubernetesApi api) {
    SimulatedPods pods = new SimulatedPods(api);
    pods.thread.execute(pods::watch);
    return pods;
  }

  /** A simulated pod and its next step. */
  private static final class SimulatedPod {
    private boolean stopping;
    private @Nullable Future<?> next;
  }

  private void watch() {
    watcher =
        api.watches()
            .open(
                WatchRequest.everything(ResourceKinds.PODS, SelectionPredicate.ALL),
                new Sink(),
                thread);
  }

  private void onEvent(Change.Type type, StoredObject pod) {
    SimulatedPodPlan plan = SimulatedPodPlan.of(pod.json()).orElse(null);
    if (plan == null) {
      return;
    }
    if (type == Change.Type.DELETED) {
      cancel(simulated.remove(pod.uid()));
      return;
    }
    SimulatedPod simulatedPod = simulated.get(pod.uid());
    if (simulatedPod == null) {
      simulatedPod = new SimulatedPod();
      simulated.put(pod.uid(), simulatedPod);
      start(simulatedPod, pod, plan);
    }
    if (pod.deleting() && !simulatedPod.stopping) {
      simulatedPod.stopping = true;
      cancel(simulatedPod);
      schedule(simulatedPod, plan.stop(), () -> delete(pod));
    }
  }

  private void start(SimulatedPod simulatedPod, StoredObject pod, SimulatedPodPlan plan) {
    switch (JsonTrees.text(pod.json(), "status", "phase")) {
      case "Succeeded", "Failed" -> {}
      case "Running" -> schedule(simulatedPod, plan.run(), () -> terminate(pod, plan));
      default -> {
        if (JsonTrees.text(pod.json(), "spec", "nodeName").isEmpty()) {
          ignoreIfGone(() -> api.registry().bind(pod.key(), NODE, AS_KUBELET));
        }
        schedule(simulatedPod, plan.start(), () -> run(simulatedPod, pod, plan, CONFIG_MAP_RETRY));
      }
    }
  }

  private void run(
      SimulatedPod simulatedPod, StoredObject pod, SimulatedPodPlan plan, Duration retry) {
    if (isMissingConfigMap(pod)) {
      Duration twice = retry.multipliedBy(2);
      Duration after = twice.compareTo(MAX_CONFIG_MAP_RETRY) > 0 ? MAX_CONFIG_MAP_RETRY : twice;
      schedule(simulatedPod, retry, () -> run(simulatedPod, pod, plan, after));
      return;
    }
    String address = nextAddress();
    ignoreIfGone(() ->
        api.registry()
            .patch(
                pod.key(),
                Subresource.STATUS,
                current -> SimulatedPodStatus.running(requireSameUid(pod, current), address, now()),
                AS_KUBELET));
    schedule(simulatedPod, plan.run(), () -> terminate(pod, plan));
  }

  /** Whether a kubelet would wait for a ConfigMap. */
  private boolean isMissingConfigMap(StoredObject pod) {
    String namespace = pod.key().namespace();
    return JsonTrees.at(pod.json(), "spec", "volumes").findValues("configMap").stream()
        .filter(source -> !source.path("optional").asBoolean())
        .map(source ->
            new ObjectKey(ResourceKinds.CONFIG_MAPS, namespace, JsonTrees.text(source, "name")))
        .anyMatch(map -> !api.registry().exists(map));
  }

  private void terminate(StoredObject pod, SimulatedPodPlan plan) {
    ignoreIfGone(() ->
        api.registry()
            .patch(
                pod.key(),
                Subresource.STATUS,
                current ->
                    SimulatedPodStatus.terminated(
                        requireSameUid(pod, current), plan.exitCode(), now()),
                AS_KUBELET));
  }

  /** Fails if the pod has been replaced by another of the same name. */
  private static ObjectNode requireSameUid(StoredObject pod, ObjectNode current) {
    if (!JsonTrees.text(current, "metadata", "uid").equals(pod.uid())) {
      throw ApiException.notFound(pod.key().kind(), pod.key().name());
    }
    return current;
  }

  private void delete(StoredObject pod) {
    ignoreIfGone(
        () -> api.registry().delete(pod.key(), DeleteOptions.NOW.onlyUid(pod.uid()), AS_KUBELET));
  }

  private Instant now() {
    return api.registry().now();
  }

  /** Addresses from 10.64.0.1 up, far more than there are pods at a time. */
  private String nextAddress() {
    long number = addresses++;
    return "10.%d.%d.%d"
        .formatted(64 + number / 63_500 % 128, number / 250 % 254, 1 + number % 250);
  }

  private void schedule(SimulatedPod simulatedPod, Duration delay, Runnable step) {
    simulatedPod.next = thread.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void cancel(@Nullable SimulatedPod simulatedPod) {
    Future<?> next = simulatedPod == null ? null : simulatedPod.next;
    if (next != null) {
      next.cancel(false);
    }
  }

  /** Skips the step if the pod is gone, which it may be at any moment. */
  private static void ignoreIfGone(Runnable step) {
    try {
      step.run();
    } catch (ApiException failure) {
      LOG.debug("A simulated pod has changed: {}", failure.getMessage());
    }
  }

  @Override
  public void close() {
    thread.execute(() -> {
      if (watcher != null) {
        api.watches().close(watcher);
      }
      thread.shutdownNow();
    });
  }

  private final class Sink implements InProcessWatchSink {
    @Override
    public void event(Change.Type type, StoredObject object) {
      onEvent(type, object);
    }

    @Override
    public void failed(ApiException failure) {
      LOG.warn("The watch of simulated pods expired; it starts again with all pods");
      thread.execute(SimulatedPods.this::watch);
    }
  }
}
