package io.firesteel.cluster.reconcile;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that a shard wants done outside. Each may be done again after a crash, with the same
 * end.
 */
public sealed interface Effect {

  /** Tell the inbox. */
  record Report(String cohort, Observation observation) implements Effect {}

  /** A call to the API server; a job has at most one under way. */
  sealed interface Call extends Effect {}

  /** Make the driver pod and what belongs to it, as far as it is not there. */
  record CreateDriver(DesiredDriver driver) implements Call {}

  /**
   * Delete a pod; what it owns goes with it.
   *
   * @param force without waiting for its node to say that the processes ended
   */
  record DeletePod(String namespace, String name, String uid, boolean force) implements Call {}

  /**
   * Read the driver pod of an attempt by its name, past every cache and whatever its labels are.
   *
   * @param uid of the pod, if it is known
   */
  record GetPod(Attempt attempt, String namespace, @Nullable String uid) implements Call {}

  /**
   * Find out more about a failure.
   *
   * @param uid of the pod, if it is known
   * @param log whether there is a log to read
   */
  record Diagnose(Attempt attempt, String namespace, String name, @Nullable String uid, boolean log)
      implements Call {}

  /** Delete an object that belongs to no pod and no live job. */
  record DeleteOrphan(OrphanedObject orphan) implements Call {}

  /** What came of a call. */
  sealed interface CallResult {

    /** It is done; the pod as it is now, if there is one. */
    record Completed(@Nullable PodView pod) implements CallResult {}

    /** The API server says no, and will say so again. Nothing was left behind. */
    record PermanentFailure(Failure failure) implements CallResult {}

    /** The API server could not be reached or wants to be left alone for a while. */
    record RetryLater(String cause, @Nullable Duration retryAfter) implements CallResult {}

    /**
     * The call was not made, or its answer does not count: the shard may belong to another replica.
     */
    record LeaseLost() implements CallResult {}

    /** What was found out; may be nothing. */
    record Diagnosed(Diagnostics diagnostics) implements CallResult {}
  }
}
