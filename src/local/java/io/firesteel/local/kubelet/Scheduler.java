package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.kubelet.status.ContainerStatuses;
import io.firesteel.local.kubelet.status.LocalNode;
import io.firesteel.local.kubelet.status.RestoredContainers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds pods to the node by priority and age, or reports in the PodScheduled condition and an event
 * why it cannot. Every change leads to a check of all unbound pods. A binding is one request, so it
 * succeeds completely or is retried.
 */
final class Scheduler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Comparator<Pod> ORDER =
      Comparator.comparingInt(Scheduler::priority)
          .reversed()
          .thenComparing(pod -> pod.getMetadata().getCreationTimestamp());

  private final KubeletContext context;
  private final NodeFit nodeFit;
  private final Supplier<List<Pod>> pods;
  private final EventRecorder events;
  private final Semaphore changes = new Semaphore(0);
  private final Set<String> bound = new HashSet<>();
  private final Thread thread;

  Scheduler(KubeletContext context, Supplier<List<Pod>> pods) {
    var options = context.options();
    this.context = context;
    this.pods = pods;
    this.nodeFit =
        new NodeFit(
            LocalNode.labels(options), options.cores(), BigDecimal.valueOf(options.memory()));
    this.events =
        new EventRecorder(
            context.client(), context.clock(), "default-scheduler", options.nodeName());
    this.thread = Thread.ofVirtual().name("scheduler").start(this::run);
  }

  void trigger() {
    changes.release();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        changes.acquire();
        changes.drainPermits();
        schedule();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void schedule() {
    var all = pods.get();
    forgetBoundPods(all);
    var placed = new ArrayList<Pod>();
    var unbound = new ArrayList<Pod>();
    for (var pod : all) {
      var onNode =
          pod.getSpec().getNodeName() != null || bound.contains(pod.getMetadata().getUid());
      if (onNode && !RestoredContainers.isFinished(pod)) {
        placed.add(pod);
      } else if (!onNode) {
        unbound.add(pod);
      }
    }
    unbound.sort(ORDER);
    for (var pod : unbound) {
      if (trySchedule(pod, placed)) {
        placed.add(pod);
      }
    }
  }

  /** Forgets pods that are known to be bound or gone. */
  private void forgetBoundPods(List<Pod> all) {
    var unbound =
        all.stream()
            .filter(pod -> pod.getSpec().getNodeName() == null)
            .map(pod -> pod.getMetadata().getUid())
            .toList();
    bound.retainAll(unbound);
  }

  private boolean trySchedule(Pod pod, List<Pod> placed) {
    try {
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        context.client().resource(pod).withGracePeriod(0).delete();
        return false;
      }
      if (!pod.getSpec().getSchedulingGates().isEmpty()) {
        reportUnschedulable(
            pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates");
        return false;
      }
      var rejection = nodeFit.rejection(pod, placed);
      if (rejection.isPresent()) {
        reportUnschedulable(pod, "Unschedulable", rejection.get());
        return false;
      }
      bind(pod);
      return true;
    } catch (KubernetesClientException e) {
      LOG.debug("Pod {} cannot be bound: {}", pod.getMetadata().getName(), e.getMessage());
      return false;
    }
  }

  private void bind(Pod pod) {
    var meta = pod.getMetadata();
    var node = context.options().nodeName();
    var binding =
        new BindingBuilder()
            .withNewMetadata()
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .endMetadata()
            .withTarget(
                new ObjectReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Node")
                    .withName(node)
                    .build())
            .build();
    var path =
        "/api/v1/namespaces/%s/pods/%s/binding".formatted(meta.getNamespace(), meta.getName());
    context.client().raw(path, "POST", binding);
    bound.add(meta.getUid());
    events.normal(
        pod,
        "Scheduled",
        "Successfully assigned %s/%s to %s".formatted(meta.getNamespace(), meta.getName(), node));
  }

  private void reportUnschedulable(Pod pod, String reason, String message) {
    var known =
        pod.getStatus() != null
            && pod.getStatus().getConditions().stream()
                .anyMatch(
                    old -> reason.equals(old.getReason()) && message.equals(old.getMessage()));
    if (known) {
      return;
    }
    var status =
        new PodStatusBuilder().withConditions(notScheduledCondition(reason, message)).build();
    StatusPatch.send(context.client(), pod, status);
    if (reason.equals("Unschedulable")) {
      events.warning(pod, "FailedScheduling", message);
    }
  }

  private PodCondition notScheduledCondition(String reason, String message) {
    return new PodConditionBuilder()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason(reason)
        .withMessage(message)
        .withLastTransitionTime(ContainerStatuses.time(context.clock().instant()))
        .build();
  }

  private static int priority(Pod pod) {
    return pod.getSpec().getPriority() == null ? 0 : pod.getSpec().getPriority();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
