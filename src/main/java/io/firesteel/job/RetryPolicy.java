package io.firesteel.job;

import java.time.Duration;

/**
 * The Spark operator's {@code restartPolicy}: when another attempt follows. Intervals are the first
 * delay of an exponential backoff.
 */
public record RetryPolicy(
    RetryType type,
    int onFailureRetries,
    Duration onFailureRetryInterval,
    int onSubmissionFailureRetries,
    Duration onSubmissionFailureRetryInterval) {

  /** The operator's three types. */
  public enum RetryType {
    NEVER,
    ON_FAILURE,
    ALWAYS
  }

  /** One attempt, whatever happens. */
  public static final RetryPolicy NEVER =
      new RetryPolicy(RetryType.NEVER, 0, Duration.ZERO, 0, Duration.ZERO);
}
