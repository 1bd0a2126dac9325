package io.firesteel.admission.core;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import org.jspecify.annotations.Nullable;

/** What admission decides on. */
public sealed interface AdmissionInput {

  /** A message of the inbox; {@code cohort} is the key of its record. */
  record MessageArrived(String cohort, InboxMessage message) implements AdmissionInput {}

  /**
   * Time passed. Handles at most {@code limit} jobs whose timers are due, and cancels at most as
   * many jobs of removed tenants. Continues what earlier decisions left.
   */
  record Tick(int limit) implements AdmissionInput {}

  /**
   * A decision about a job failed with an exception. Ends the job; what follows from that for other
   * jobs is left to the next tick.
   *
   * @param origin the request of the job, if its decision failed; otherwise null
   * @param gone the attempt whose driver is known to be gone; null if none
   * @param basis how much of the job's state to rely on
   */
  record JobFailed(
      JobKey job, @Nullable Origin origin, @Nullable Attempt gone, Failure failure, Basis basis)
      implements AdmissionInput {}

  /** How much of the state of a failed job its end relies on, from the most to the least. */
  enum Basis {
    /** Its state and its request. */
    STATE_AND_REQUEST,
    /** Its state only: the result lacks the labels and the correlation of the request. */
    STATE,
    /**
     * Nothing, because its state cannot be read either. The result has a new generation; the driver
     * is deleted, and its slot is free before the driver is known to be gone.
     */
    NOTHING
  }
}
