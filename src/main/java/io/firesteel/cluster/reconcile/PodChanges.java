package io.firesteel.cluster.reconcile;

import io.firesteel.inbox.DesiredDriver;

/**
 * Applies a pod's update or deletion to the state of its job. Anyone can put a job's labels and
 * annotations on a pod, so a pod counts only in the job's namespace, and only if it has the name of
 * the attempt's driver or that driver as its owner. A driver pod that another installation claims
 * does not count, and so is never deleted. Pure.
 */
public final class PodChanges {

  private PodChanges() {}

  /** The state after an installation saw that a pod was created or changed. */
  public static DriverState updated(DriverState state, PodView pod, String installation) {
    if (!pod.isDriver()) {
      return executorChanged(state, pod, false);
    }
    return counts(state, pod, installation) ? state.withPod(pod) : state;
  }

  /**
   * After the watch reported a driver pod as deleted, a live read shows whether it is gone. The
   * deletion of a duplicate says nothing about the driver.
   *
   * @param pod the last view of the deleted pod; if it is a driver pod, {@link #updated} must have
   *     been called with it first
   */
  public static DriverState deleted(DriverState state, PodView pod, String installation) {
    if (!pod.isDriver()) {
      return executorChanged(state, pod, true);
    }
    return counts(state, pod, installation) ? state.withoutPod(pod, true) : state;
  }

  /**
   * The label decides, except for a pod that is known, which keeps counting whatever its labels
   * become. A pod without the label may be of a release that set none; it counts if its job wants
   * it.
   */
  private static boolean counts(DriverState state, PodView pod, String installation) {
    if (state.isElsewhere(pod)) {
      return false;
    }
    String label = pod.installation();
    return state.knows(pod.uid())
        || (label == null ? state.isOfDesiredAttempt(pod) : label.equals(installation));
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
