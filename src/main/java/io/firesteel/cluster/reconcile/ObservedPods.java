package io.firesteel.cluster.reconcile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one job that a watch or a live read has reported.
 *
 * @param driverPods the driver pods that exist, by uid
 * @param lastDeleted the last view of the driver pod whose deletion the watch reported most
 *     recently; duplicates are not recorded. To the watch, a pod that has lost its labels looks
 *     deleted, so only a live read shows that it is gone.
 * @param executors the executor pods of the desired attempt
 */
record ObservedPods(
    Map<String, PodView> driverPods, @Nullable PodView lastDeleted, ExecutorPods executors) {

  static final ObservedPods NONE = new ObservedPods(Map.of(), null, ExecutorPods.NONE);

  /** Whether a view is older than the known one, or than the deletion of its pod. */
  boolean isStale(PodView pod) {
    PodView known = driverPods.get(pod.uid());
    PodView deleted = deletionOf(pod);
    return (known != null && !pod.isNewerThan(known))
        || (deleted != null && deleted.resourceVersion() > pod.resourceVersion());
  }

  private @Nullable PodView deletionOf(PodView pod) {
    return lastDeleted != null && lastDeleted.uid().equals(pod.uid()) ? lastDeleted : null;
  }

  ObservedPods with(PodView pod) {
    Map<String, PodView> pods = new HashMap<>(driverPods);
    pods.put(pod.uid(), pod);
    PodView deleted = deletionOf(pod) == null ? lastDeleted : null;
    return new ObservedPods(Map.copyOf(pods), deleted, executors);
  }

  ObservedPods without(@Nullable String uid) {
    Map<String, PodView> pods = new HashMap<>(driverPods);
    pods.remove(uid);
    return new ObservedPods(Map.copyOf(pods), lastDeleted, executors);
  }

  ObservedPods withDeleted(PodView pod) {
    return new ObservedPods(driverPods, pod, executors);
  }

  ObservedPods with(ExecutorPods next) {
    return new ObservedPods(driverPods, lastDeleted, next);
  }
}
