package io.firesteel.cluster.reconcile;

import io.firesteel.job.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the API server for one job.
 *
 * @param inFlight a call has not come back yet
 * @param completeAttempt the attempt whose objects are all known to exist
 * @param notFoundCount live reads in a row that found no pod
 * @param retryCount calls in a row that have to be repeated
 * @param notBefore when the next call may go out
 * @param reads live reads of a pod that no watch tells of
 * @param readAt when it is read again; null for now
 */
public record CallState(
    boolean inFlight,
    @Nullable Attempt completeAttempt,
    int notFoundCount,
    int retryCount,
    @Nullable Instant notBefore,
    int reads,
    @Nullable Instant readAt) {

  public static final CallState NONE = new CallState(false, null, 0, 0, null, 0, null);

  public CallState started() {
    return new CallState(true, completeAttempt, notFoundCount, retryCount, null, reads, readAt);
  }

  public CallState done() {
    return new CallState(false, completeAttempt, notFoundCount, 0, null, reads, null);
  }

  public CallState objectsComplete(Attempt attempt) {
    return new CallState(false, attempt, 0, 0, null, reads, null);
  }

  public CallState notFound(Instant lookAgain) {
    return new CallState(false, completeAttempt, notFoundCount + 1, 0, lookAgain, reads, null);
  }

  public CallState podFound() {
    return new CallState(inFlight, completeAttempt, 0, 0, null, reads, readAt);
  }

  /** A pod that a watch told of as deleted is missing if one live read finds it so. */
  public CallState presumedMissing() {
    Instant asked = retryCount == 0 ? null : notBefore;
    return new CallState(
        inFlight,
        completeAttempt,
        Reconciler.LOOKUPS_BEFORE_LOST - 1,
        retryCount,
        asked,
        reads,
        readAt);
  }

  public CallState doneUntil(Instant notBefore) {
    return new CallState(false, completeAttempt, notFoundCount, 0, notBefore, reads, null);
  }

  public boolean isComplete(Attempt attempt) {
    return attempt.equals(completeAttempt);
  }

  public CallState retryAt(Instant at) {
    return new CallState(false, completeAttempt, notFoundCount, retryCount + 1, at, reads, readAt);
  }

  /** A pod that no watch tells of was read. */
  public CallState readUntil(Instant next) {
    return new CallState(false, completeAttempt, notFoundCount, 0, null, reads + 1, next);
  }

  /** What is known of the pod is not true any more. */
  public CallState readingNow() {
    return new CallState(
        inFlight, completeAttempt, notFoundCount, retryCount, notBefore, reads, null);
  }
}
