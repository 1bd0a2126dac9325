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
    NextCall nextCall,
    Polling polling) {

  static final CallState NONE = new CallState(false, null, 0, NextCall.NONE, Polling.NONE);

  /** The driver counts as lost after this many live reads that found no pod. */
  static final int LOOKUPS_BEFORE_LOST = 2;

  /**
   * When the next call may go out.
   *
   * @param count retries in a row
   * @param notBefore null if the call may go out at once
   */
  public record NextCall(int count, @Nullable Instant notBefore) {
    static final NextCall NONE = new NextCall(0, null);
  }

  /**
   * The live reads of a pod that the watch does not report.
   *
   * @param reads how many there were
   * @param readAt when to read it again; null for now
   */
  public record Polling(int reads, @Nullable Instant readAt) {
    static final Polling NONE = new Polling(0, null);

    Polling dueNow() {
      return new Polling(reads, null);
    }
  }

  /** After a call was sent. */
  public CallState started() {
    NextCall sent = new NextCall(nextCall.count(), null);
    return new CallState(true, completeAttempt, notFoundCount, sent, polling);
  }

  CallState done() {
    return idle(notFoundCount, NextCall.NONE, polling.dueNow());
  }

  CallState idleUntil(Instant notBefore) {
    return idle(notFoundCount, new NextCall(0, notBefore), polling.dueNow());
  }

  CallState retryAt(Instant at) {
    return idle(notFoundCount, new NextCall(nextCall.count() + 1, at), polling);
  }

  CallState notFound(Instant nextLookup) {
    return idle(notFoundCount + 1, new NextCall(0, nextLookup), polling.dueNow());
  }

  /** After a live read of a pod that the watch does not report. */
  CallState readAgainAt(Instant at) {
    return idle(notFoundCount, NextCall.NONE, new Polling(polling.reads() + 1, at));
  }

  private CallState idle(int notFound, NextCall nextCall, Polling nextRead) {
    return new CallState(false, completeAttempt, notFound, nextCall, nextRead);
  }

  CallState objectsComplete(Attempt attempt) {
    return new CallState(false, attempt, 0, NextCall.NONE, polling.dueNow());
  }

  CallState podFound() {
    return new CallState(inFlight, completeAttempt, 0, NextCall.NONE, polling);
  }

  /** After the watch reported a deletion: a single live read that finds no pod confirms it. */
  CallState presumedMissing() {
    NextCall next = nextCall.count() == 0 ? NextCall.NONE : nextCall;
    return new CallState(inFlight, completeAttempt, LOOKUPS_BEFORE_LOST - 1, next, polling);
  }

  CallState readNow() {
    return new CallState(inFlight, completeAttempt, notFoundCount, nextCall, polling.dueNow());
  }

  boolean isComplete(Attempt attempt) {
    return attempt.equals(completeAttempt);
  }
}
