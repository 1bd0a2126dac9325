package io.firesteel.event;

/** How a job ended. Every job ends in exactly one of them. */
public enum Outcome {
  /** Its driver ended with exit code 0. */
  SUCCEEDED,
  /** Its last attempt failed, a deadline ended it, or a job it depends on made it impossible. */
  FAILED,
  /** Somebody asked for its end, and nothing of it runs any more. */
  CANCELLED,
  /** It was never allowed to queue. */
  REFUSED,
  /** A deadline passed before its first attempt. */
  EXPIRED;

  /** The phase of a job that ended so. */
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
