package io.firesteel.cluster.controller;

import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.job.JobKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver states of one cluster and partition, by job and by driver pod. For one thread. */
final class DriverStates {

  private final Map<JobKey, DriverState> states = new HashMap<>();

  /** The jobs of the known driver pods, whatever the pods' labels say now. */
  private final Map<String, JobKey> jobsByUid = new HashMap<>();

  /** The state of a job; empty if nothing is known of it. */
  DriverState of(JobKey job) {
    return states.getOrDefault(job, DriverState.EMPTY);
  }

  boolean has(JobKey job) {
    return states.containsKey(job);
  }

  List<JobKey> jobs() {
    return List.copyOf(states.keySet());
  }

  /** The job of a known driver pod. */
  @Nullable JobKey jobOf(String uid) {
    return jobsByUid.get(uid);
  }

  /** Whether a pod claims another attempt than the one whose driver pod it is known to be. */
  boolean isKnownForAnotherAttempt(PodView pod) {
    JobKey job = jobsByUid.get(pod.uid());
    PodView known = job == null ? null : of(job).driverPods().get(pod.uid());
    return known != null && !known.attempt().equals(pod.attempt());
  }

  /** Stores the state of a job, unless nothing is left to remember. */
  void put(JobKey job, DriverState state) {
    Map<String, PodView> before = of(job).driverPods();
    if (before != state.driverPods()) {
      jobsByUid.keySet().removeAll(before.keySet());
      state.driverPods().keySet().forEach(uid -> jobsByUid.put(uid, job));
    }
    if (state.canBeForgotten()) {
      states.remove(job);
    } else {
      states.put(job, state);
    }
  }
}
