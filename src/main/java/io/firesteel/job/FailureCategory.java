package io.firesteel.job;

/** What kind of failure it was; decides whether a retry can help. */
public enum FailureCategory {
  /** The request itself is wrong: unknown tenant, bad field, not allowed. */
  REQUEST(false),
  /** The cluster refuses the objects: invalid, forbidden. */
  CONFIGURATION(false),
  /** The image cannot be pulled. */
  IMAGE(false),
  /** No room: quota, unschedulable. */
  CAPACITY(true),
  /** The node, the API or the network failed the job; evicted, lost, deleted by hand. */
  INFRASTRUCTURE(true),
  /** A container went over its memory limit or the JVM ran out. */
  OUT_OF_MEMORY(true),
  /** The application ended with an exit code other than 0. */
  APPLICATION(true),
  /** A deadline passed. */
  DEADLINE(false),
  /** A job it depends on did not end as wanted. */
  DEPENDENCY(false);

  private final boolean retryable;

  FailureCategory(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether another attempt could help, as far as the category tells. */
  public boolean retryable() {
    return retryable;
  }
}
