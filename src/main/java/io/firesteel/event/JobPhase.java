package io.firesteel.event;

/** Where a job is on its way, as events and the status topic name it. */
public enum JobPhase {
  /** Nothing is known of it. */
  UNKNOWN,
  /** In a queue, or held back by time, a dependency or a backoff. */
  WAITING,
  /** It has a slot; its driver is wanted and not yet seen. */
  ADMITTED,
  /** Its driver pod exists and does not run yet. */
  SUBMITTED,
  /** Its driver runs. */
  RUNNING,
  /** Its driver should go and is not known to be gone; the slot is still taken. */
  STOPPING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  REFUSED,
  EXPIRED
}
