package io.firesteel.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.cluster.api.PodReader;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.Effect.Call;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.OrphanedObject;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An item of a {@link DriverController}'s work queue. */
sealed interface WorkItem {

  /** The job that the item is about; null if it is about several. */
  default @Nullable JobKey job() {
    return null;
  }

  /** What happened to a pod, whose labels anyone may have removed. */
  static WorkItem of(Pod pod, Function<PodView, WorkItem> event) {
    return PodReader.read(pod)
        .map(event)
        .orElseGet(() -> new PodUnlabelled(pod.getMetadata().getUid()));
  }

  record DesiredChanged(JobKey job, @Nullable DesiredDriver driver) implements WorkItem {}

  record PodUpdated(PodView pod) implements WorkItem {
    @Override
    public JobKey job() {
      return pod.attempt().job();
    }
  }

  record PodDeleted(PodView pod) implements WorkItem {
    @Override
    public JobKey job() {
      return pod.attempt().job();
    }
  }

  /** A pod lacks Firesteel's labels; it may be a known driver pod that lost them. */
  record PodUnlabelled(String uid) implements WorkItem {}

  record CallReturned(JobKey job, Call call, CallResult result) implements WorkItem {}

  /**
   * Every pod that existed at a version, in a namespace or in {@link DriverState#ALL_NAMESPACES},
   * has been queued as a {@link PodUpdated}.
   */
  record PodsListed(String namespace, long version, Set<String> uids) implements WorkItem {}

  /** Objects that no pod owns and that are older than the minimum age. */
  record OrphansFound(List<OrphanedObject> found) implements WorkItem {}

  record Shutdown() implements WorkItem {}
}
