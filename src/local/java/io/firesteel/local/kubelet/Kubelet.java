package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.process.OrphanedProcesses;
import io.firesteel.local.kubelet.status.LocalNode;
import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node. It registers itself, binds unscheduled pods, and runs the pods that are bound to
 * it. It ignores pods with the annotation {@value SimulatedPods#ANNOTATION}. It reaches the API
 * server only by HTTP, so that server may run in this process or in another, and may restart.
 *
 * <p>{@link #close} kills every process it started and leaves the pods in the API server unchanged.
 * The next kubelet with the same folder kills leftover processes and reports their pods as lost.
 */
public final class Kubelet implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final Duration RESYNC = Duration.ofSeconds(10);

  private record RunningWorker(PodWorker worker, Thread thread) {}

  private final KubeletContext context;
  private final Map<String, RunningWorker> workers = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private final SharedIndexInformer<Pod> informer;

  private Kubelet(KubeletContext context) {
    this.context = context;
    this.informer = context.client().pods().inAnyNamespace().runnableInformer(RESYNC.toMillis());
    this.scheduler =
        new Scheduler(
            context,
            () -> informer.getStore().list().stream().filter(Kubelet::isNotSimulated).toList());
  }

  /** Starts a kubelet; returns when the node is registered and its pods are known. */
  public static Kubelet start(KubeletOptions options) {
    try {
      Files.createDirectories(options.data());
    } catch (IOException e) {
      throw new UncheckedIOException("The kubelet cannot use the folder " + options.data(), e);
    }
    var killed = OrphanedProcesses.killAll(options.data());
    PodFolders.removeAll(options);
    if (killed > 0) {
      LOG.info("Killed {} processes that an earlier kubelet left behind", killed);
    }
    var client = ApiClient.to(options.api().toString());
    var addresses = new PodIpPool(options.data().toAbsolutePath().hashCode());
    var kubelet =
        new Kubelet(
            new KubeletContext(options, client, Clock.systemUTC(), addresses, new OomKiller()));
    kubelet.begin();
    return kubelet;
  }

  private void begin() {
    register(context.client());
    informer.addEventHandler(new Handler());
    informer.start().toCompletableFuture().join();
    scheduler.trigger();
  }

  private void register(KubernetesClient client) {
    var node = LocalNode.of(context.options(), context.clock().instant());
    client.nodes().withName(context.options().nodeName()).delete();
    client.nodes().resource(node).create();
    client.nodes().resource(node).patchStatus();
  }

  private static boolean isNotSimulated(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations == null || !annotations.containsKey(SimulatedPods.ANNOTATION);
  }

  private final class Handler implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      podUpdated(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      if (!before.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
        podRemoved(before);
      }
      podUpdated(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      podRemoved(pod);
    }
  }

  private void podUpdated(Pod pod) {
    if (!isNotSimulated(pod)) {
      return;
    }
    if (context.options().nodeName().equals(pod.getSpec().getNodeName())) {
      var worker =
          workers.computeIfAbsent(pod.getMetadata().getUid(), _ -> startWorker(pod)).worker();
      worker.send(new PodWorkerEvent.Updated(pod));
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        var grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        worker.send(
            new PodWorkerEvent.TerminationRequested(Duration.ofSeconds(grace == null ? 0 : grace)));
      }
    }
    scheduler.trigger();
  }

  private RunningWorker startWorker(Pod pod) {
    var worker = new PodWorker(context, pod);
    return new RunningWorker(
        worker, Thread.ofVirtual().name("pod-" + pod.getMetadata().getName()).start(worker));
  }

  private void podRemoved(Pod pod) {
    if (!isNotSimulated(pod)) {
      return;
    }
    var runningWorker = workers.remove(pod.getMetadata().getUid());
    if (runningWorker != null) {
      runningWorker.worker().send(new PodWorkerEvent.Removed());
    }
    scheduler.trigger();
  }

  @Override
  public void close() {
    informer.close();
    scheduler.close();
    List<RunningWorker> all = new ArrayList<>(workers.values());
    all.forEach(runningWorker -> runningWorker.worker().send(new PodWorkerEvent.Removed()));
    all.forEach(Kubelet::join);
    context.memory().close();
    OrphanedProcesses.killAll(context.options().data());
    context.client().close();
  }

  private static void join(RunningWorker runningWorker) {
    try {
      runningWorker.thread().join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
