package io.firesteel.job;

import java.time.Duration;

/**
 * The Spark operator's {@code restartPolicy}: when an attempt is followed by another. Intervals are
 * the first delay of an exponential backoff.
 */
public record RetryPolicy(
    Type type,
    int onFailureRetries,
    Duration onFailureRetryInterval,
    int onSubmissionFailureRetries,
    Duration onSubmissionFailureRetryInterval) {

  /** The operator's three types. */
  public enum Type {
    NEVER,
    ON_FAILURE,
    ALWAYS
  }

  /** One attempt, whatever happens. */
  public static final RetryPolicy NEVER =
      new RetryPolicy(Type.NEVER, 0, Duration.ZERO, 0, Duration.ZERO);
}
