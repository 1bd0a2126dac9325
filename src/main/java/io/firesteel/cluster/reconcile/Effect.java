package io.firesteel.cluster.reconcile;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the reconciler asks for. Every effect may be repeated after a crash, with the same outcome.
 */
public sealed interface Effect {

  /** Report an observation to the inbox. */
  record Report(String cohort, Observation observation) implements Effect {}

  /** A call to the API server. A job has at most one in flight. */
  sealed interface Call extends Effect {}

  /** Create the driver pod and its objects, unless they exist. */
  record CreateDriver(DesiredDriver driver) implements Call {}

  /**
   * Delete a pod. Kubernetes deletes what the pod owns.
   *
   * @param force whether to delete it before its node confirms that the processes ended
   */
  record DeletePod(String namespace, String name, String uid, boolean force) implements Call {}

  /**
   * Read the driver pod of an attempt by its name, bypassing every cache, regardless of its labels.
   *
   * @param uid the uid of the pod, if known
   */
  record GetPod(Attempt attempt, String namespace, @Nullable String uid) implements Call {}

  /**
   * Collect diagnostics of a failure.
   *
   * @param uid the uid of the pod, if known
   * @param container the container whose log to read; null to read none
   */
  record Diagnose(
      Attempt attempt,
      String namespace,
      String name,
      @Nullable String uid,
      @Nullable String container)
      implements Call {}

  /** Delete an object that no pod owns and no job needs. */
  record DeleteOrphan(OrphanedObject orphan) implements Call {}

  /** The result of a call. */
  sealed interface CallResult {

    /**
     * The call succeeded.
     *
     * @param pod the pod as it is now; null if there is none
     */
    record Completed(@Nullable PodView pod) implements CallResult {}

    /** The API server rejects the call, and a retry cannot help. Nothing was left behind. */
    record PermanentFailure(Failure failure) implements CallResult {}

    /**
     * The API server is unreachable or busy, or an earlier object of the same name still exists.
     */
    record RetryLater(String cause, @Nullable Duration retryAfter) implements CallResult {}

    /** The partition may belong to another replica: no call was made, or its result is void. */
    record LeaseLost() implements CallResult {}

    /** The collected diagnostics; may be empty. */
    record Diagnosed(Diagnostics diagnostics) implements CallResult {}
  }
}
