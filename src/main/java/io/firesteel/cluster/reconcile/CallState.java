package io.firesteel.cluster.reconcile;

import io.firesteel.job.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the API server for one job.
 *
 * @param inFlight whether a call has not returned yet
 * @param completeAttempt the attempt whose objects are all known to exist
 * @param notFoundCount live reads in a row that found no pod
 */
public record CallState(
    boolean inFlight, @Nullable Attempt completeAttempt, int notFoundCount, Retry retry) {

  static final CallState NONE = new CallState(false, null, 0, Retry.NONE);

  /** The driver counts as lost after this many live reads that found no pod. */
  static final int LOOKUPS_BEFORE_LOST = 2;

  /**
   * When the next call may go out.
   *
   * @param count retries in a row
   * @param notBefore null if the call may go out at once
   */
  public record Retry(int count, @Nullable Instant notBefore) {
    static final Retry NONE = new Retry(0, null);
  }

  public CallState started() {
    return new CallState(true, completeAttempt, notFoundCount, new Retry(retry.count(), null));
  }

  CallState done() {
    return idle(notFoundCount, Retry.NONE);
  }

  CallState doneUntil(Instant notBefore) {
    return idle(notFoundCount, new Retry(0, notBefore));
  }

  CallState retryAt(Instant at) {
    return idle(notFoundCount, new Retry(retry.count() + 1, at));
  }

  CallState notFound(Instant nextLookup) {
    return idle(notFoundCount + 1, new Retry(0, nextLookup));
  }

  private CallState idle(int notFound, Retry next) {
    return new CallState(false, completeAttempt, notFound, next);
  }

  CallState objectsComplete(Attempt attempt) {
    return new CallState(false, attempt, 0, Retry.NONE);
  }

  CallState podFound() {
    return new CallState(inFlight, completeAttempt, 0, Retry.NONE);
  }

  CallState podDeleted() {
    return new CallState(
        inFlight, completeAttempt, LOOKUPS_BEFORE_LOST, new Retry(retry.count(), null));
  }

  boolean isComplete(Attempt attempt) {
    return attempt.equals(completeAttempt);
  }
}
