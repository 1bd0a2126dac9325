package io.firesteel.cluster.controller;

import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.job.JobKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The driver states of one partition and cluster, indexed by job and by the uid of a driver pod.
 * Not thread-safe.
 */
public final class DriverStates {

  private final Map<JobKey, DriverState> states = new HashMap<>();

  /** Whose driver a pod is, whatever its labels say now. */
  private final Map<String, JobKey> jobsByUid = new HashMap<>();

  /** Of a job; empty for one that nothing is known of. */
  public DriverState of(JobKey job) {
    return states.getOrDefault(job, DriverState.EMPTY);
  }

  /** Whether there is anything to know of a job. */
  public boolean has(JobKey job) {
    return states.containsKey(job);
  }

  /** The job that a pod is known as a driver of. */
  @Nullable
  public JobKey jobOf(String uid) {
    return jobsByUid.get(uid);
  }

  /** Whether a driver pod says that it is of another attempt than when it was taken for one. */
  public boolean hasOtherAttemptNow(PodView pod) {
    JobKey job = jobsByUid.get(pod.uid());
    PodView known = job == null ? null : of(job).pods().get(pod.uid());
    return known != null && !known.attempt().equals(pod.attempt());
  }

  public List<JobKey> jobs() {
    return List.copyOf(states.keySet());
  }

  /** Keeps what is known of a job, unless there is nothing to remember. */
  public void put(JobKey job, DriverState state) {
    DriverState before = of(job);
    if (before.pods() != state.pods()) {
      jobsByUid.keySet().removeAll(before.pods().keySet());
      state.pods().keySet().forEach(uid -> jobsByUid.put(uid, job));
    }
    if (state.canBeForgotten()) {
      states.remove(job);
    } else {
      states.put(job, state);
    }
  }
}
