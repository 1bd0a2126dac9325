package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Applies the result of a call to the state of its job. Pure. */
public final class CallResults {

  private static final Duration LOOKUP_INTERVAL = Duration.ofSeconds(1);

  /** A replica that still owns the partition regains its lease as soon as Kafka answers. */
  private static final Duration LEASE_RETRY_INTERVAL = Duration.ofMillis(500);

  /** The watch should have reported a deletion by then. */
  private static final Duration DELETION_OBSERVED_WITHIN = Duration.ofSeconds(5);

  /** A pod with a finalizer stays, however often it is deleted. */
  private static final Duration FORCED_DELETION_INTERVAL = Duration.ofSeconds(30);

  private CallResults() {}

  /** The state of a job after a call returned. */
  public static DriverState apply(
      JobKey job, DriverState state, Effect.Call call, CallResult result, Instant now) {
    CallState calls = state.calls();
    return switch (result) {
      case CallResult.RetryLater(String _, Duration retryAfter) ->
          state.with(calls.retryAt(Backoff.next(job, calls.nextCall().count(), retryAfter, now)));
      case CallResult.LeaseLost _ -> state.with(calls.idleUntil(now.plus(LEASE_RETRY_INTERVAL)));
      case CallResult.PermanentFailure rejection -> {
        DriverState idle = state.with(calls.done());
        yield call instanceof Effect.CreateDriver create
                && isDesired(state, create.driver().attempt())
            ? idle.failedWith(rejection.failure())
            : idle;
      }
      case CallResult.Diagnosed(Diagnostics diagnostics) -> {
        DriverState idle = state.with(calls.done());
        yield call instanceof Effect.Diagnose request && isDesired(state, request.attempt())
            ? idle.with(diagnostics)
            : idle;
      }
      case CallResult.Completed(PodView pod) ->
          call instanceof Effect.GetPod read
              ? applyRead(job, state, read, pod, now)
              : applyCompleted(pod == null ? state : state.withPod(pod), call, now);
    };
  }

  private static boolean isDesired(DriverState state, Attempt attempt) {
    return state.desired() != null && state.desired().attempt().equals(attempt);
  }

  private static DriverState applyCompleted(DriverState state, Effect.Call call, Instant now) {
    CallState calls = state.calls();
    return switch (call) {
      case Effect.CreateDriver create ->
          state.with(calls.objectsComplete(create.driver().attempt()));
      case Effect.DeletePod delete -> applyDeleted(state, delete, now);
      case Effect.GetPod _, Effect.Diagnose _, Effect.DeleteOrphan _ -> state.with(calls.done());
    };
  }

  private static DriverState applyDeleted(DriverState state, Effect.DeletePod delete, Instant now) {
    PodView pod = state.driverPods().get(delete.uid());
    if (pod == null) {
      return state.with(state.calls().done());
    }
    Duration delay = delete.force() ? FORCED_DELETION_INTERVAL : DELETION_OBSERVED_WITHIN;
    DriverState next = state.with(state.calls().idleUntil(now.plus(delay)));
    // Neither the watch nor a live read would ever report that this pod is gone.
    return pod.watched() || state.isDriverPod(pod) ? next : next.withoutMissingPod(pod.uid());
  }

  private static DriverState applyRead(
      JobKey job, DriverState state, Effect.GetPod read, @Nullable PodView found, Instant now) {
    DriverState next = found == null ? state.withoutMissingPod(read.uid()) : state.withPod(found);
    CallState calls = next.calls();
    PodView driver = next.driverPod();
    if (!isDesired(state, read.attempt())) {
      return next.with(calls.done());
    }
    if (driver == null) {
      return next.with(calls.notFound(now.plus(LOOKUP_INTERVAL)));
    }
    return next.with(
        driver.watched()
            ? calls.done()
            : calls.readAgainAt(Backoff.next(job, calls.polling().reads(), null, now)));
  }
}
