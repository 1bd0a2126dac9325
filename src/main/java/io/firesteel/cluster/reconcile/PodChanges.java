package io.firesteel.cluster.reconcile;

import io.firesteel.inbox.DesiredDriver;

/**
 * What a shard knows of a job after a pod of it was seen, or was seen to be gone. Labels and
 * annotations say whose a pod wants to be; it counts only where the job's pods are, by the name of
 * the attempt's driver, or by the uid of that driver as its owner. Pure.
 */
public final class PodChanges {

  private PodChanges() {}

  public static DriverState updated(DriverState state, PodView pod) {
    if (!pod.driver()) {
      return executors(state, pod, false);
    }
    return state.isElsewhere(pod) ? state : state.withPod(pod);
  }

  /**
   * A driver pod that goes while it is needed may have ended its attempt, which a live read has to
   * say; that an intruder went tells nothing about the driver.
   *
   * @param pod as it was last; a driver's was seen so before
   * @param deleted whether a deletion was witnessed
   */
  public static DriverState deleted(DriverState state, PodView pod, boolean deleted) {
    if (!pod.driver()) {
      return executors(state, pod, true);
    }
    return state.withoutPod(pod, deleted);
  }

  private static DriverState executors(DriverState state, PodView pod, boolean gone) {
    DesiredDriver desired = state.desired();
    PodView driver = state.driverPod();
    String uid = driver == null ? state.podUid() : driver.uid();
    boolean here = desired != null && desired.placement().namespace().equals(pod.namespace());
    boolean counts = here && uid != null && uid.equals(pod.driverUid());
    boolean each = driver != null && driver.executorEvents();
    return counts ? state.with(state.executors().withPod(pod, gone, each)) : state;
  }
}
