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
    DriverState.CallState calls = state.calls();
    return switch (result) {
      case CallResult.RetryLater retry ->
          state.with(calls.retryAt(Backoff.next(job, calls.retryCount(), retry.retryAfter(), now)));
      case CallResult.LeaseLost _ -> state.with(calls.doneUntil(now.plus(LEASE_RETRY_INTERVAL)));
      case CallResult.PermanentFailure rejection -> {
        DriverState idle = state.with(calls.done());
        yield call instanceof Effect.CreateDriver create
                && create.driver().attempt().equals(attempt(state))
            ? idle.failedWith(rejection.failure())
            : idle;
      }
      case CallResult.Diagnosed(Diagnostics diagnostics) -> {
        DriverState idle = state.with(calls.done());
        yield call instanceof Effect.Diagnose asked && asked.attempt().equals(attempt(state))
            ? idle.with(diagnostics)
            : idle;
      }
      case CallResult.Completed(PodView pod) -> applyCompleted(state, call, pod, now);
    };
  }

  private static @Nullable Attempt attempt(DriverState state) {
    return state.desired() == null ? null : state.desired().attempt();
  }

  private static DriverState applyCompleted(
      DriverState state, Effect.Call call, @Nullable PodView pod, Instant now) {
    DriverState seen = pod == null ? state : state.withPod(pod);
    DriverState.CallState calls = seen.calls();
    DriverState.CallState after =
        switch (call) {
          case Effect.CreateDriver create -> calls.objectsComplete(create.driver().attempt());
          case Effect.GetPod _ ->
              seen.driverPod() == null ? calls.notFound(now.plus(LOOKUP_INTERVAL)) : calls.done();
          case Effect.DeletePod delete ->
              calls.doneUntil(
                  now.plus(delete.force() ? FORCED_DELETION_INTERVAL : DELETION_OBSERVED_WITHIN));
          case Effect.Diagnose _, Effect.DeleteOrphan _ -> calls.done();
        };
    return seen.with(after);
  }
}
