package io.firesteel.event;

/** How a job ended. Every job has exactly one outcome. */
public enum Outcome {
  /** The driver ended with exit code 0. */
  SUCCEEDED,
  /** The last attempt failed, a deadline passed, or a dependency was not fulfilled. */
  FAILED,
  /** The job was cancelled, and its driver is gone. */
  CANCELLED,
  /** The request was rejected. */
  REFUSED,
  /** A deadline passed before the first attempt. */
  EXPIRED;

  /** The phase of a job with this outcome. */
  public JobPhase phase() {
    return switch (this) {
      case SUCCEEDED -> JobPhase.SUCCEEDED;
      case FAILED -> JobPhase.FAILED;
      case CANCELLED -> JobPhase.CANCELLED;
      case REFUSED -> JobPhase.REFUSED;
      case EXPIRED -> JobPhase.EXPIRED;
    };
  }
}
