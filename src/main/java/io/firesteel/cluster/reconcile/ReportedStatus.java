package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.DriverPhase.PendingTimeout;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was reported to the inbox about the desired attempt.
 *
 * @param uid the uid of the pod that was reported as created
 * @param stage the last stage that was reported
 * @param pending the timeout that runs while the pod is pending; not reported itself
 * @param runningExecutors the last number of running executors that was reported
 */
record ReportedStatus(
    @Nullable String uid,
    @Nullable Stage stage,
    @Nullable PendingSince pending,
    int runningExecutors) {

  static final ReportedStatus NOTHING = new ReportedStatus(null, null, null, 0);

  /** How far a driver has come. */
  sealed interface Stage {
    record Pending(String reason) implements Stage {}

    record Started(boolean ready) implements Stage {}

    record Finished() implements Stage {}
  }

  /** Which timeout applies to a pending pod, and when it began. */
  record PendingSince(PendingTimeout timeout, Instant since) {}

  static ReportedStatus created(String uid) {
    return new ReportedStatus(uid, null, null, 0);
  }

  ReportedStatus with(Stage next) {
    return new ReportedStatus(uid, next, pending, runningExecutors);
  }

  ReportedStatus with(PendingSince next) {
    return new ReportedStatus(uid, stage, next, runningExecutors);
  }

  ReportedStatus withRunningExecutors(int running) {
    return new ReportedStatus(uid, stage, pending, running);
  }

  boolean isFinished() {
    return stage instanceof Stage.Finished;
  }
}
