package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a shard knows of a job after a call came back. Pure. */
public final class CallResults {

  private static final Duration LOOKUP_INTERVAL = Duration.ofSeconds(1);

  /** A replica that still owns the shard knows it again as soon as Kafka answers. */
  private static final Duration LEASE_RETRY_INTERVAL = Duration.ofMillis(500);

  /** Until then the watch should have told of a deletion. */
  private static final Duration DELETION_OBSERVED_WITHIN = Duration.ofSeconds(5);

  /** An object with a finalizer stays however often one deletes it. */
  private static final Duration FORCED_DELETION_INTERVAL = Duration.ofSeconds(30);

  private CallResults() {}

  public static DriverState apply(
      JobKey job, DriverState state, Effect.Call call, CallResult result, Instant now) {
    CallState callState = state.calls();
    return switch (result) {
      case CallResult.RetryLater retry ->
          state.with(
              callState.retryAt(
                  Backoff.next(job, callState.retryCount(), retry.retryAfter(), now)));
      case CallResult.LeaseLost _ ->
          state.with(callState.doneUntil(now.plus(LEASE_RETRY_INTERVAL)));
      case CallResult.PermanentFailure rejection -> {
        DriverState idle = state.with(callState.done());
        yield call instanceof Effect.CreateDriver create
                && create.driver().attempt().equals(attempt(state))
            ? idle.failedWith(rejection.failure())
            : idle;
      }
      case CallResult.Diagnosed(Diagnostics diagnostics) -> {
        DriverState idle = state.with(callState.done());
        yield call instanceof Effect.Diagnose asked && asked.attempt().equals(attempt(state))
            ? idle.with(diagnostics)
            : idle;
      }
      case CallResult.Completed(PodView pod) ->
          call instanceof Effect.GetPod asked
              ? lookedUp(job, state, asked, pod, now)
              : applyCompleted(state, call, pod, now);
    };
  }

  private static @Nullable Attempt attempt(DriverState state) {
    return state.desired() == null ? null : state.desired().attempt();
  }

  private static DriverState applyCompleted(
      DriverState state, Effect.Call call, @Nullable PodView pod, Instant now) {
    DriverState seen = pod == null ? state : state.withPod(pod);
    CallState callState = seen.calls();
    CallState after =
        switch (call) {
          case Effect.CreateDriver create -> callState.objectsComplete(create.driver().attempt());
          case Effect.DeletePod delete ->
              seen.pods().containsKey(delete.uid())
                  ? callState.doneUntil(
                      now.plus(
                          delete.force() ? FORCED_DELETION_INTERVAL : DELETION_OBSERVED_WITHIN))
                  : callState.done();
          case Effect.GetPod _, Effect.Diagnose _, Effect.DeleteOrphan _ -> callState.done();
        };
    return call instanceof Effect.DeletePod delete
        ? withoutUnwatched(seen.with(after), delete.uid())
        : seen.with(after);
  }

  /** Nobody would tell that a pod is gone which no watch sees and no driver is wanted for. */
  private static DriverState withoutUnwatched(DriverState state, String uid) {
    PodView deleted = state.pods().get(uid);
    boolean untold = deleted != null && !deleted.watched() && !state.isDriverPod(deleted);
    return untold ? state.without(uid) : state;
  }

  private static DriverState lookedUp(
      JobKey job, DriverState state, Effect.GetPod asked, @Nullable PodView found, Instant now) {
    DriverState seen = found == null ? state.without(asked.uid()) : state.withPod(found);
    PodView driver = seen.driverPod();
    if (!asked.attempt().equals(attempt(state))) {
      return seen.with(seen.calls().done());
    }
    if (driver == null) {
      return seen.with(seen.calls().notFound(now.plus(LOOKUP_INTERVAL)));
    }
    CallState callState = seen.calls();
    return seen.with(
        driver.watched()
            ? callState.done()
            : callState.readUntil(Backoff.next(job, callState.reads(), null, now)));
  }
}
