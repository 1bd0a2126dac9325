package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.process.OrphanedProcesses;
import io.firesteel.local.kubelet.status.LocalNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * A running node. It registers itself, binds pods that nobody else claimed, and runs the pods that
 * are bound to it; pods with the annotation {@value #SIMULATED_POD_ANNOTATION} it leaves alone. It
 * knows the API server only by HTTP, so that server may be in this process, in another one, or be
 * restarted.
 *
 * <p>{@link #close} kills every process it started; the pods stay in the API server as they were.
 * The next kubelet with the same folder ends what may be left, and reports what ran as lost.
 */
public final class Kubelet implements AutoCloseable {

  /** Pods with this annotation are played by a test, not run. */
  public static final String SIMULATED_POD_ANNOTATION = "firesteel.local/pretend";

  private static final Logger LOG = Logger.getLogger(Kubelet.class);
  private static final Duration RESYNC = Duration.ofSeconds(10);

  private record RunningWorker(PodWorker worker, Thread thread) {}

  private final KubeletContext parts;
  private final Map<String, RunningWorker> workers = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private final SharedIndexInformer<Pod> informer;

  private Kubelet(KubeletContext parts) {
    this.parts = parts;
    this.informer = parts.client().pods().inAnyNamespace().runnableInformer(RESYNC.toMillis());
    this.scheduler =
        new Scheduler(
            parts,
            () -> informer.getStore().list().stream().filter(Kubelet::isNotSimulated).toList());
  }

  /** Returns when the node is registered and its pods are known. */
  public static Kubelet start(KubeletOptions options) {
    try {
      Files.createDirectories(options.data());
    } catch (IOException e) {
      throw new UncheckedIOException("The kubelet cannot use the folder " + options.data(), e);
    }
    var left = OrphanedProcesses.killAll(options.data());
    PodFolders.removeAll(options);
    if (left > 0) {
      LOG.infof("Ended %d processes that an earlier kubelet left behind", left);
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
    register(parts.client());
    informer.addEventHandler(new Handler());
    informer.start().toCompletableFuture().join();
    scheduler.trigger();
  }

  private void register(KubernetesClient client) {
    var node = LocalNode.of(parts.options(), parts.clock().instant());
    client.nodes().withName(parts.options().nodeName()).delete();
    client.nodes().resource(node).create();
    client.nodes().resource(node).patchStatus();
  }

  /** How many pods are being looked after. */
  public int podCount() {
    return workers.size();
  }

  private static boolean isNotSimulated(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations == null || !annotations.containsKey(SIMULATED_POD_ANNOTATION);
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
    if (parts.options().nodeName().equals(pod.getSpec().getNodeName())) {
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
    var worker = new PodWorker(parts, pod);
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
    parts.memory().close();
    OrphanedProcesses.killAll(parts.options().data());
    parts.client().close();
  }

  private static void join(RunningWorker runningWorker) {
    try {
      runningWorker.thread().join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
