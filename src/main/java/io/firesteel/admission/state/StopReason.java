package io.firesteel.admission.state;

import io.firesteel.event.Outcome;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import org.jspecify.annotations.Nullable;

/** Why a driver is being stopped, and what the job's result will be. */
public record StopReason(Outcome outcome, Failure failure) {

  /** Somebody asked for it. */
  public static StopReason cancelled(@Nullable String reason) {
    String message = reason == null ? "Its cancellation was asked for" : reason;
    return new StopReason(
        Outcome.CANCELLED,
        new Failure(FailureCategory.REQUEST, false, null, "Cancelled", message, null));
  }

  /** A deadline passed. */
  public static StopReason deadline(String reason, String message) {
    return new StopReason(Outcome.FAILED, Failure.of(FailureCategory.DEADLINE, reason, message));
  }
}
