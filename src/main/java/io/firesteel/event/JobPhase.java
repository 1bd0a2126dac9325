package io.firesteel.event;

/** The phase of a job, as published. */
public enum JobPhase {
  /** The job is unknown. */
  UNKNOWN,
  /** The job is queued, or waits for a time, a dependency or a backoff. */
  WAITING,
  /** The job has a slot; its driver pod has not been observed yet. */
  ADMITTED,
  /** The driver pod exists and is not running yet. */
  SUBMITTED,
  /** The driver is running. */
  RUNNING,
  /** The driver is being stopped; the job still holds its slot. */
  STOPPING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  REFUSED,
  EXPIRED;

  /** Whether the job is over. */
  public boolean ended() {
    return switch (this) {
      case SUCCEEDED, FAILED, CANCELLED, REFUSED, EXPIRED -> true;
      case UNKNOWN, WAITING, ADMITTED, SUBMITTED, RUNNING, STOPPING -> false;
    };
  }
}
