package io.firesteel.job;

/** The kind of a failure; decides whether a retry can succeed. */
public enum FailureCategory {
  /** The request is invalid: unknown tenant, invalid field, not allowed. */
  REQUEST(false),
  /** The cluster rejects the objects: invalid, forbidden. */
  CONFIGURATION(false),
  /** The image cannot be pulled. */
  IMAGE(false),
  /** Not enough resources: quota, unschedulable. */
  CAPACITY(true),
  /** The node, the API server or the network failed; the pod was evicted, lost or deleted. */
  INFRASTRUCTURE(true),
  /** A container exceeded its memory limit, or the JVM ran out of memory. */
  OUT_OF_MEMORY(true),
  /** The application ended with an exit code other than 0. */
  APPLICATION(true),
  /** A deadline passed. */
  DEADLINE(false),
  /** A dependency did not end with the required outcome. */
  DEPENDENCY(false);

  private final boolean retryable;

  FailureCategory(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether another attempt can succeed, unless the evidence says otherwise. */
  public boolean retryable() {
    return retryable;
  }
}
