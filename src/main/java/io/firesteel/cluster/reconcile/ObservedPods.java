package io.firesteel.cluster.reconcile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one job that the watch has reported.
 *
 * @param byUid the driver pods that exist, by uid
 * @param deletedUid the uid of the last driver pod that was deleted, duplicates excepted
 * @param executors the executor pods of the desired attempt
 */
record ObservedPods(
    Map<String, PodView> byUid, @Nullable String deletedUid, ExecutorPods executors) {

  static final ObservedPods NONE = new ObservedPods(Map.of(), null, ExecutorPods.NONE);

  /** Whether a view is older than the known one, or its pod is known to be deleted. */
  boolean isStale(PodView pod) {
    PodView known = byUid.get(pod.uid());
    return (known != null && known.resourceVersion() >= pod.resourceVersion())
        || pod.uid().equals(deletedUid);
  }

  ObservedPods with(PodView pod) {
    Map<String, PodView> pods = new HashMap<>(byUid);
    pods.put(pod.uid(), pod);
    return new ObservedPods(Map.copyOf(pods), deletedUid, executors);
  }

  ObservedPods without(PodView pod) {
    Map<String, PodView> pods = new HashMap<>(byUid);
    pods.remove(pod.uid());
    return new ObservedPods(Map.copyOf(pods), deletedUid, executors);
  }

  ObservedPods withDeletedUid(String uid) {
    return new ObservedPods(byUid, uid, executors);
  }

  ObservedPods with(ExecutorPods next) {
    return new ObservedPods(byUid, deletedUid, next);
  }
}
