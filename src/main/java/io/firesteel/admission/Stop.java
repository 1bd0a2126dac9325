package io.firesteel.admission;

import io.firesteel.event.Outcome;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import org.jspecify.annotations.Nullable;

/** Why a driver is being stopped, and what the job's result will be. */
record Stop(Outcome outcome, Failure failure) {

  /** Somebody asked for it. */
  static Stop cancelled(@Nullable String reason) {
    String message = reason == null ? "Its cancellation was asked for" : reason;
    return new Stop(
        Outcome.CANCELLED,
        new Failure(FailureCategory.REQUEST, false, null, "Cancelled", message, null));
  }

  /** A deadline passed. */
  static Stop deadline(String reason, String message) {
    return new Stop(Outcome.FAILED, Failure.of(FailureCategory.DEADLINE, reason, message));
  }
}
