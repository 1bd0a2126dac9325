package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.kubelet.plan.BoundPod;
import io.firesteel.local.kubelet.plan.VolumeContent;
import io.firesteel.local.kubelet.plan.Volumes;
import io.firesteel.local.kubelet.process.OrphanedProcesses;
import io.firesteel.local.kubelet.status.LocalNode;
import io.firesteel.local.kubelet.status.PodActions;
import io.firesteel.local.kubelet.status.PodStatusGenerator;
import io.firesteel.local.kubelet.status.PodSummary;
import io.firesteel.local.kubelet.status.RestoredContainers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one pod from its binding to the node until it has left the API server. One thread owns all
 * state; others use {@link #send}. Every event leads to a new sync of the whole pod, so late or
 * repeated events do no harm.
 *
 * <p>At its end, no process of the pod is alive and its folders are gone; its logs remain.
 */
final class PodWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  private final KubeletContext context;
  private final BlockingQueue<PodWorkerEvent> events = new LinkedBlockingQueue<>();
  private final PodFolders folders;
  private final PodContainers containers;
  private final PodStatusReporter report;
  private final EventRecorder eventRecorder;
  private final Instant started;
  private final String address;

  private Pod pod;
  private boolean mounted;
  private boolean deleting;
  private boolean finished;
  private boolean removed;
  private boolean closed;
  private PodStatusGenerator.@Nullable PodFailure podFailure;
  private @Nullable Instant killTime;
  private @Nullable Instant nextSync;

  PodWorker(KubeletContext context, Pod pod) {
    this.context = context;
    this.pod = pod;
    this.folders = new PodFolders(context.options(), pod);
    this.report = new PodStatusReporter(context.client(), pod);
    this.eventRecorder =
        new EventRecorder(
            context.client(), context.clock(), "kubelet", context.options().nodeName());
    this.containers = new PodContainers(context, folders, eventRecorder, pod, this::send);
    this.started = RestoredContainers.startTime(pod, context.clock().instant());
    this.finished = RestoredContainers.isFinished(pod);
    this.closed = finished;
    this.address = context.addresses().allocate();
  }

  void send(PodWorkerEvent event) {
    events.add(event);
  }

  @Override
  public void run() {
    try {
      while (!removed) {
        syncOrFail();
        var event = removed ? null : next();
        if (event != null) {
          handle(event);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      containers.killAll();
      close();
      context.addresses().release(address);
    }
  }

  private @Nullable PodWorkerEvent next() throws InterruptedException {
    if (nextSync == null) {
      return events.take();
    }
    var delay = Duration.between(context.clock().instant(), nextSync).toMillis();
    return events.poll(Math.max(delay, 1), TimeUnit.MILLISECONDS);
  }

  private void handle(PodWorkerEvent event) {
    switch (event) {
      case PodWorkerEvent.Updated(var changed) -> pod = changed;
      case PodWorkerEvent.TerminationRequested(var grace) -> {
        deleting = true;
        stop(grace);
      }
      case PodWorkerEvent.Removed _ -> removed = true;
      case PodWorkerEvent.Started(var container) -> containers.started(container);
      case PodWorkerEvent.Exited exited -> containers.exited(exited);
      case PodWorkerEvent.OomKilled exceeded -> containers.recordOomKill(exceeded);
    }
  }

  /** An unexpected error fails the pod instead of blocking it. */
  private void syncOrFail() {
    try {
      sync();
    } catch (RuntimeException e) {
      LOG.error("Pod {} cannot run", pod.getMetadata().getName(), e);
      podFailure =
          new PodStatusGenerator.PodFailure(
              "KubeletError", "The kubelet cannot run this pod: " + e);
      finished = true;
      containers.killAll();
      wakeAt(context.clock().instant().plus(RETRY));
    }
  }

  private void sync() {
    nextSync = null;
    var now = context.clock().instant();
    if (!closed) {
      if (deleting || finished) {
        killAfterGrace(now);
      } else {
        checkDeadline(now);
        advance(now);
      }
      report(now);
    }
    if (deleting && !containers.anyRunning()) {
      removed = report.remove(pod);
      if (!removed) {
        wakeAt(now.plus(RETRY));
      }
    }
  }

  private void advance(Instant now) {
    if (finished || (!mounted && !mount(now))) {
      return;
    }
    var steps = PodActions.compute(podSummary(), containers.records(), now);
    containers.execute(steps, boundPod());
    if (!steps.start().isEmpty() || !steps.restart().isEmpty()) {
      // A container that has started may allow the next one to start, or may have failed.
      wakeAt(now);
    } else if (steps.nextSync() != null) {
      wakeAt(steps.nextSync());
    }
    if (steps.finished()) {
      finished = true;
      stop(grace());
    }
  }

  private boolean mount(Instant now) {
    var volumes = new Volumes(boundPod(), context.namespaceObjects(pod));
    try {
      for (var volume : pod.getSpec().getVolumes()) {
        var content = volumes.resolve(volume);
        if (content instanceof VolumeContent.Missing(var message)) {
          return mountFailed(message, now);
        }
        folders.mount(volume.getName(), content);
      }
      mounted = true;
      return true;
    } catch (IOException | KubernetesClientException e) {
      return mountFailed("MountVolume.SetUp failed: " + e.getMessage(), now);
    }
  }

  private boolean mountFailed(String message, Instant now) {
    eventRecorder.warning(pod, "FailedMount", message);
    wakeAt(now.plus(RETRY));
    return false;
  }

  private void checkDeadline(Instant now) {
    var seconds = pod.getSpec().getActiveDeadlineSeconds();
    if (seconds == null) {
      return;
    }
    var deadline = started.plusSeconds(seconds);
    if (deadline.isAfter(now)) {
      wakeAt(deadline);
      return;
    }
    var message = "Pod was active on the node longer than the specified deadline";
    podFailure = new PodStatusGenerator.PodFailure("DeadlineExceeded", message);
    eventRecorder.normal(pod, "DeadlineExceeded", message);
    finished = true;
    stop(grace());
  }

  private void stop(Duration grace) {
    var last = context.clock().instant().plus(grace);
    if (killTime != null && !last.isBefore(killTime)) {
      return;
    }
    killTime = last;
    if (grace.isZero()) {
      containers.killAll();
    } else {
      containers.terminateAll();
    }
    wakeAt(killTime);
  }

  private void killAfterGrace(Instant now) {
    if (killTime == null || !containers.anyRunning()) {
      return;
    }
    if (!killTime.isAfter(now)) {
      containers.killAll();
      killTime = now.plus(RETRY);
    }
    wakeAt(killTime);
  }

  private void report(Instant now) {
    var input =
        new PodStatusGenerator.Input(
            podSummary(),
            containers.records(),
            mounted ? address : null,
            started,
            deleting || finished,
            podFailure,
            report.reported());
    var status = PodStatusGenerator.generate(input, now);
    if (!report.report(pod, status)) {
      wakeAt(now.plus(RETRY));
    } else if (finished && !containers.anyRunning()) {
      close();
    }
  }

  /** Removes the folders and processes of the finished pod. */
  private void close() {
    closed = true;
    OrphanedProcesses.killPod(context.options().data(), pod.getMetadata().getUid());
    folders.remove();
  }

  private Duration grace() {
    var seconds = pod.getSpec().getTerminationGracePeriodSeconds();
    return seconds == null ? DEFAULT_GRACE : Duration.ofSeconds(seconds);
  }

  private PodSummary podSummary() {
    return PodSummary.of(pod, context.options().backOff());
  }

  private BoundPod boundPod() {
    return new BoundPod(pod, address, LocalNode.ADDRESS);
  }

  private void wakeAt(Instant time) {
    nextSync = nextSync == null || time.isBefore(nextSync) ? time : nextSync;
  }
}
