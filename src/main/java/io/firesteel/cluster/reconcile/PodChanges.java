package io.firesteel.cluster.reconcile;

import io.firesteel.inbox.DesiredDriver;

/**
 * Applies a pod's update or deletion to the state of its job. Anyone can put a job's labels and
 * annotations on a pod, so a pod counts only in the job's namespace, and only if it has the name of
 * the attempt's driver or that driver as its owner. Pure.
 */
public final class PodChanges {

  private PodChanges() {}

  /** The state after a pod was created or changed. */
  public static DriverState updated(DriverState state, PodView pod) {
    if (!pod.isDriver()) {
      return executorChanged(state, pod, false);
    }
    return state.isElsewhere(pod) ? state : state.withPod(pod);
  }

  /**
   * After the watch reported a driver pod as deleted, a live read shows whether it is gone. The
   * deletion of a duplicate says nothing about the driver.
   *
   * @param pod the last view of the deleted pod; if it is a driver pod, {@link #updated} must have
   *     been called with it first
   */
  public static DriverState deleted(DriverState state, PodView pod) {
    return pod.isDriver() ? state.withoutPod(pod, true) : executorChanged(state, pod, true);
  }

  private static DriverState executorChanged(DriverState state, PodView pod, boolean deleted) {
    DesiredDriver desired = state.desired();
    PodView driver = state.driverPod();
    String uid = driver == null ? state.podUid() : driver.uid();
    boolean here = desired != null && desired.placement().namespace().equals(pod.namespace());
    boolean counts = here && uid != null && uid.equals(pod.driverUid());
    boolean individually = driver != null && driver.executorEvents();
    return counts
        ? state.with(state.pods().executors().withPod(pod, deleted, individually))
        : state;
  }
}
