package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.kubelet.plan.PodFacts;
import io.firesteel.local.kubelet.plan.VolumeContent;
import io.firesteel.local.kubelet.plan.Volumes;
import io.firesteel.local.kubelet.process.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one pod from the moment it is bound to the node until it has left the API server:
 * mounts, starts, restarts, stops, reports. One thread runs it and owns all its state; the world
 * reaches it through {@link #tell}. After each signal it looks at everything anew, so a signal that
 * comes twice or late does no harm.
 *
 * <p>When it ends, none of the pod's processes is alive and its folders are gone; the logs stay.
 */
final class PodWorker implements Runnable {

  private static final Logger LOG = Logger.getLogger(PodWorker.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration USUAL_GRACE = Duration.ofSeconds(30);

  private final KubeletParts parts;
  private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>();
  private final PodFolders folders;
  private final PodContainers containers;
  private final PodReport report;
  private final PodEvents events;
  private final Instant started;
  private final String address;

  private Pod pod;
  private boolean mounted;
  private boolean deleting;
  private boolean over;
  private boolean gone;
  private boolean closed;
  private PodStatuses.@Nullable Verdict verdict;
  private @Nullable Instant killAt;
  private @Nullable Instant wake;

  PodWorker(KubeletParts parts, Pod pod) {
    this.parts = parts;
    this.pod = pod;
    this.folders = new PodFolders(parts.options(), pod);
    this.report = new PodReport(parts.client(), pod);
    this.events =
        new PodEvents(parts.client(), parts.clock(), "kubelet", parts.options().nodeName());
    this.containers = new PodContainers(parts, folders, events, pod, this::tell);
    this.started = Adoption.started(pod, parts.clock().instant());
    this.over = Adoption.over(pod);
    this.closed = over;
    this.address = parts.addresses().take();
  }

  void tell(Signal signal) {
    inbox.add(signal);
  }

  @Override
  public void run() {
    try {
      while (!gone) {
        lookAndMend();
        var signal = gone ? null : next();
        if (signal != null) {
          act(signal);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      containers.killAll();
      close();
      parts.addresses().giveBack(address);
    }
  }

  private @Nullable Signal next() throws InterruptedException {
    if (wake == null) {
      return inbox.take();
    }
    var pause = Duration.between(parts.clock().instant(), wake).toMillis();
    return inbox.poll(Math.max(pause, 1), TimeUnit.MILLISECONDS);
  }

  private void act(Signal signal) {
    switch (signal) {
      case Signal.Changed(var changed) -> pod = changed;
      case Signal.Terminate(var grace) -> {
        deleting = true;
        stop(grace);
      }
      case Signal.Vanished _ -> gone = true;
      case Signal.Exited exited -> containers.exited(exited);
      case Signal.OutOfMemory exceeded -> containers.outOfMemory(exceeded);
    }
  }

  /** A pod that the kubelet trips over fails; it does not hang. */
  private void lookAndMend() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.errorf(e, "Pod %s cannot be run", pod.getMetadata().getName());
      verdict = new PodStatuses.Verdict("KubeletError", "The kubelet cannot run this pod: " + e);
      over = true;
      containers.killAll();
      wakeAt(parts.clock().instant().plus(RETRY));
    }
  }

  private void look() {
    wake = null;
    var now = parts.clock().instant();
    if (!closed) {
      if (deleting || over) {
        killWhenDue(now);
      } else {
        checkDeadline(now);
        advance(now);
      }
      report(now);
    }
    if (deleting && !containers.anyRunning()) {
      gone = report.remove(pod);
      if (!gone) {
        wakeAt(now.plus(RETRY));
      }
    }
  }

  private void advance(Instant now) {
    if (over || (!mounted && !mount(now))) {
      return;
    }
    var steps = NextSteps.of(outline(), containers.facts(), now);
    containers.take(steps, facts());
    if (!steps.start().isEmpty() || !steps.rerun().isEmpty()) {
      // What was just started may let the next one start, or have failed at once.
      wakeAt(now);
    } else if (steps.wake() != null) {
      wakeAt(steps.wake());
    }
    if (steps.over()) {
      over = true;
      stop(grace());
    }
  }

  private boolean mount(Instant now) {
    var volumes = new Volumes(facts(), parts.sources(pod));
    try {
      for (var volume : pod.getSpec().getVolumes()) {
        var content = volumes.of(volume);
        if (content instanceof VolumeContent.Missing(var message)) {
          return notMounted(message, now);
        }
        folders.mount(volume.getName(), content);
      }
      mounted = true;
      return true;
    } catch (IOException | KubernetesClientException e) {
      return notMounted("MountVolume.SetUp failed: " + e.getMessage(), now);
    }
  }

  private boolean notMounted(String message, Instant now) {
    events.warning(pod, "FailedMount", message);
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
    verdict = new PodStatuses.Verdict("DeadlineExceeded", message);
    events.normal(pod, "DeadlineExceeded", message);
    over = true;
    stop(grace());
  }

  private void stop(Duration grace) {
    var last = parts.clock().instant().plus(grace);
    if (killAt != null && !last.isBefore(killAt)) {
      return;
    }
    killAt = last;
    if (grace.isZero()) {
      containers.killAll();
    } else {
      containers.terminateAll();
    }
    wakeAt(killAt);
  }

  private void killWhenDue(Instant now) {
    if (killAt == null || !containers.anyRunning()) {
      return;
    }
    if (!killAt.isAfter(now)) {
      containers.killAll();
      killAt = now.plus(RETRY);
    }
    wakeAt(killAt);
  }

  private void report(Instant now) {
    var view =
        new PodStatuses.View(
            outline(),
            containers.facts(),
            mounted ? address : null,
            started,
            deleting || over,
            verdict,
            report.reported());
    var status = PodStatuses.of(view, now);
    if (!report.report(pod, status)) {
      wakeAt(now.plus(RETRY));
    } else if (over && !containers.anyRunning()) {
      close();
    }
  }

  /** The pod is over: what it had on this machine can go. */
  private void close() {
    closed = true;
    Leftovers.killPod(parts.options().data(), pod.getMetadata().getUid());
    folders.remove();
  }

  private Duration grace() {
    var seconds = pod.getSpec().getTerminationGracePeriodSeconds();
    return seconds == null ? USUAL_GRACE : Duration.ofSeconds(seconds);
  }

  private PodOutline outline() {
    return PodOutline.of(pod, parts.options().backOff());
  }

  private PodFacts facts() {
    return new PodFacts(pod, address, LocalNode.ADDRESS);
  }

  private void wakeAt(Instant time) {
    wake = wake == null || time.isBefore(wake) ? time : wake;
  }
}
