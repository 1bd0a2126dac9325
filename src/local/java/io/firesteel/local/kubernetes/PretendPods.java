package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A kubelet for benchmarks: pods with the annotation {@code firesteel.local/pretend} are scheduled,
 * run and end as their {@link PretendPlan} says, without any process, but none runs before its
 * ConfigMaps are there. The real kubelet leaves such pods alone. One thread does everything;
 * thousands of pods cost one timer each.
 */
public final class PretendPods implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PretendPods.class.getName());
  private static final WriteOptions AS_KUBELET = WriteOptions.by("pretend-kubelet");
  private static final String NODE = "pretend";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final KubernetesApi api;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pretend-pods").factory());
  // Only touched by the one thread.
  private final Map<String, Life> lives = new HashMap<>();
  private long addresses;
  private @Nullable Watcher watcher;

  private PretendPods(KubernetesApi api) {
    this.api = api;
  }

  public static PretendPods start(KubernetesApi api) {
    PretendPods pods = new PretendPods(api);
    pods.thread.execute(pods::watch);
    return pods;
  }

  /** A pod under way and its next step. */
  private static final class Life {
    private boolean stopping;
    private @Nullable Future<?> next;
  }

  private void watch() {
    watcher =
        api.hub()
            .open(WatchRequest.everything(ResourceKinds.PODS, Selection.ALL), new Sink(), thread);
  }

  private void seen(Change.Type type, StoredObject pod) {
    PretendPlan plan = PretendPlan.of(pod.json()).orElse(null);
    if (plan == null) {
      return;
    }
    if (type == Change.Type.DELETED) {
      cancel(lives.remove(pod.uid()));
      return;
    }
    Life life = lives.get(pod.uid());
    if (life == null) {
      life = new Life();
      lives.put(pod.uid(), life);
      begin(life, pod, plan);
    }
    if (pod.deleting() && !life.stopping) {
      life.stopping = true;
      cancel(life);
      later(life, plan.stop(), () -> delete(pod));
    }
  }

  private void begin(Life life, StoredObject pod, PretendPlan plan) {
    switch (Json.text(pod.json(), "status", "phase")) {
      case "Succeeded", "Failed" -> {}
      case "Running" -> later(life, plan.run(), () -> end(pod, plan));
      default -> {
        if (Json.text(pod.json(), "spec", "nodeName").isEmpty()) {
          attempt(() -> api.registry().bind(pod.key(), NODE, AS_KUBELET));
        }
        later(life, plan.start(), () -> run(life, pod, plan, BETWEEN_LOOKS));
      }
    }
  }

  private void run(Life life, StoredObject pod, PretendPlan plan, Duration nextLook) {
    if (lacksAConfigMap(pod)) {
      Duration twice = nextLook.multipliedBy(2);
      Duration after = twice.compareTo(LONGEST_BETWEEN_LOOKS) > 0 ? LONGEST_BETWEEN_LOOKS : twice;
      later(life, nextLook, () -> run(life, pod, plan, after));
      return;
    }
    String address = nextAddress();
    attempt(() ->
        api.registry()
            .patch(
                pod.key(),
                Part.STATUS,
                current -> PretendStatus.running(same(pod, current), address, now()),
                AS_KUBELET));
    later(life, plan.run(), () -> end(pod, plan));
  }

  /** Whether the kubelet would wait for one. */
  private boolean lacksAConfigMap(StoredObject pod) {
    String namespace = pod.key().namespace();
    return Json.at(pod.json(), "spec", "volumes").findValues("configMap").stream()
        .filter(source -> !source.path("optional").asBoolean())
        .map(source ->
            new ObjectKey(ResourceKinds.CONFIG_MAPS, namespace, Json.text(source, "name")))
        .anyMatch(map -> !api.registry().exists(map));
  }

  private void end(StoredObject pod, PretendPlan plan) {
    attempt(() ->
        api.registry()
            .patch(
                pod.key(),
                Part.STATUS,
                current -> PretendStatus.ended(same(pod, current), plan.exitCode(), now()),
                AS_KUBELET));
  }

  /** The pod as it is now, if no other of the same name has taken its place. */
  private static ObjectNode same(StoredObject pod, ObjectNode current) {
    if (!Json.text(current, "metadata", "uid").equals(pod.uid())) {
      throw ApiFailure.notFound(pod.key().kind(), pod.key().name());
    }
    return current;
  }

  private void delete(StoredObject pod) {
    attempt(
        () -> api.registry().delete(pod.key(), DeleteOptions.NOW.onlyUid(pod.uid()), AS_KUBELET));
  }

  private Instant now() {
    return api.options().clock().instant();
  }

  /** From 10.64.0.1 up, far more than ever live at once. */
  private String nextAddress() {
    long number = addresses++;
    return "10.%d.%d.%d"
        .formatted(64 + number / 63_500 % 128, number / 250 % 254, 1 + number % 250);
  }

  private void later(Life life, Duration delay, Runnable step) {
    life.next = thread.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void cancel(@Nullable Life life) {
    Future<?> next = life == null ? null : life.next;
    if (next != null) {
      next.cancel(false);
    }
  }

  /** A pod may go at any moment; a step for one that is gone is void. */
  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (ApiFailure failure) {
      LOG.log(Level.DEBUG, "a pretended pod has changed: {0}", failure.getMessage());
    }
  }

  @Override
  public void close() {
    thread.execute(() -> {
      if (watcher != null) {
        api.hub().close(watcher);
      }
      thread.shutdownNow();
    });
  }

  private final class Sink implements InProcessSink {
    @Override
    public void event(Change.Type type, StoredObject object) {
      seen(type, object);
    }

    @Override
    public void failed(ApiFailure failure) {
      LOG.log(Level.WARNING, "pretended pods fell behind and look at all pods again");
      thread.execute(PretendPods.this::watch);
    }
  }
}
