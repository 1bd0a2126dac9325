package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.firesteel.local.kubelet.process.Leftovers;
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
 * are bound to it; pods with the annotation {@value #PRETEND} it leaves alone. It knows the API
 * server only by HTTP, so that server may be in this process, in another one, or be restarted.
 *
 * <p>{@link #close} kills every process it started; the pods stay in the API server as they were.
 * The next kubelet with the same folder ends what may be left, and reports what ran as lost.
 */
public final class Kubelet implements AutoCloseable {

  /** Pods with this annotation are played by a test, not run. */
  public static final String PRETEND = "firesteel.local/pretend";

  private static final Logger LOG = Logger.getLogger(Kubelet.class);
  private static final Duration RESYNC = Duration.ofSeconds(10);

  private record Running(PodWorker worker, Thread thread) {}

  private final KubeletParts parts;
  private final Map<String, Running> workers = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private final SharedIndexInformer<Pod> informer;

  private Kubelet(KubeletParts parts) {
    this.parts = parts;
    this.informer = parts.client().pods().inAnyNamespace().runnableInformer(RESYNC.toMillis());
    this.scheduler =
        new Scheduler(
            parts, () -> informer.getStore().list().stream().filter(Kubelet::isReal).toList());
  }

  /** Returns when the node is registered and its pods are known. */
  public static Kubelet start(KubeletOptions options) {
    try {
      Files.createDirectories(options.data());
    } catch (IOException e) {
      throw new UncheckedIOException("The kubelet cannot use the folder " + options.data(), e);
    }
    var left = Leftovers.killAll(options.data());
    PodFolders.removeAll(options);
    if (left > 0) {
      LOG.infof("Ended %d processes that an earlier kubelet left behind", left);
    }
    var client = ApiClient.to(options.api().toString());
    var addresses = new PodAddresses(options.data().toAbsolutePath().hashCode());
    var kubelet =
        new Kubelet(
            new KubeletParts(options, client, Clock.systemUTC(), addresses, new MemoryWatch()));
    kubelet.begin();
    return kubelet;
  }

  private void begin() {
    register(parts.client());
    informer.addEventHandler(new Handler());
    informer.start().toCompletableFuture().join();
    scheduler.somethingChanged();
  }

  private void register(KubernetesClient client) {
    var node = LocalNode.of(parts.options(), parts.clock().instant());
    client.nodes().withName(parts.options().nodeName()).delete();
    client.nodes().resource(node).create();
    client.nodes().resource(node).patchStatus();
  }

  /** How many pods are being looked after. */
  public int pods() {
    return workers.size();
  }

  private static boolean isReal(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations == null || !annotations.containsKey(PRETEND);
  }

  private final class Handler implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      seen(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      if (!before.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
        gone(before);
      }
      seen(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      gone(pod);
    }
  }

  private void seen(Pod pod) {
    if (!isReal(pod)) {
      return;
    }
    if (parts.options().nodeName().equals(pod.getSpec().getNodeName())) {
      var worker =
          workers.computeIfAbsent(pod.getMetadata().getUid(), _ -> lookAfter(pod)).worker();
      worker.tell(new Signal.Changed(pod));
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        var grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        worker.tell(new Signal.Terminate(Duration.ofSeconds(grace == null ? 0 : grace)));
      }
    }
    scheduler.somethingChanged();
  }

  private Running lookAfter(Pod pod) {
    var worker = new PodWorker(parts, pod);
    return new Running(
        worker, Thread.ofVirtual().name("pod-" + pod.getMetadata().getName()).start(worker));
  }

  private void gone(Pod pod) {
    if (!isReal(pod)) {
      return;
    }
    var running = workers.remove(pod.getMetadata().getUid());
    if (running != null) {
      running.worker().tell(new Signal.Vanished());
    }
    scheduler.somethingChanged();
  }

  @Override
  public void close() {
    informer.close();
    scheduler.close();
    List<Running> all = new ArrayList<>(workers.values());
    all.forEach(running -> running.worker().tell(new Signal.Vanished()));
    all.forEach(Kubelet::join);
    parts.memory().close();
    Leftovers.killAll(parts.options().data());
    parts.client().close();
  }

  private static void join(Running running) {
    try {
      running.thread().join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
