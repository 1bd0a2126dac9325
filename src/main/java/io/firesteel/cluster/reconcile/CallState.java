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
    boolean inFlight,
    @Nullable Attempt completeAttempt,
    int notFoundCount,
    Retry retry,
    Polling polling) {

  static final CallState NONE = new CallState(false, null, 0, Retry.NONE, Polling.NONE);

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

  /**
   * The live reads of a pod that the watch does not report.
   *
   * @param reads how many there were
   * @param readAt when to read it again; null for now
   */
  public record Polling(int reads, @Nullable Instant readAt) {
    static final Polling NONE = new Polling(0, null);

    Polling now() {
      return new Polling(reads, null);
    }
  }

  public CallState started() {
    Retry sent = new Retry(retry.count(), null);
    return new CallState(true, completeAttempt, notFoundCount, sent, polling);
  }

  CallState done() {
    return idle(notFoundCount, Retry.NONE, polling.now());
  }

  CallState doneUntil(Instant notBefore) {
    return idle(notFoundCount, new Retry(0, notBefore), polling.now());
  }

  CallState retryAt(Instant at) {
    return idle(notFoundCount, new Retry(retry.count() + 1, at), polling);
  }

  CallState notFound(Instant nextLookup) {
    return idle(notFoundCount + 1, new Retry(0, nextLookup), polling.now());
  }

  /** After a live read of a pod that the watch does not report. */
  CallState readAgainAt(Instant at) {
    return idle(notFoundCount, Retry.NONE, new Polling(polling.reads() + 1, at));
  }

  private CallState idle(int notFound, Retry nextCall, Polling nextRead) {
    return new CallState(false, completeAttempt, notFound, nextCall, nextRead);
  }

  CallState objectsComplete(Attempt attempt) {
    return new CallState(false, attempt, 0, Retry.NONE, polling.now());
  }

  CallState podFound() {
    return new CallState(inFlight, completeAttempt, 0, Retry.NONE, polling);
  }

  /** After the watch reported a deletion: a single live read that finds no pod confirms it. */
  CallState presumedMissing() {
    Retry next = retry.count() == 0 ? Retry.NONE : retry;
    return new CallState(inFlight, completeAttempt, LOOKUPS_BEFORE_LOST - 1, next, polling);
  }

  CallState readNow() {
    return new CallState(inFlight, completeAttempt, notFoundCount, retry, polling.now());
  }

  boolean isComplete(Attempt attempt) {
    return attempt.equals(completeAttempt);
  }
}
