package io.firesteel.job;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt or a job failed, in terms a person can act on.
 *
 * @param retryable whether another attempt could help
 * @param exitCode of the driver's container, if it ended
 * @param reason one CamelCase word, Kubernetes' own where there is one ({@code OOMKilled}, {@code
 *     ErrImagePull})
 * @param message a sentence that says what, where and how to mend it; never a secret
 * @param logTail the last lines of the driver's log, secrets redacted
 */
public record Failure(
    FailureCategory category,
    boolean retryable,
    @Nullable Integer exitCode,
    String reason,
    String message,
    @Nullable String logTail) {

  /** A failure without exit code or log. */
  public static Failure of(FailureCategory category, String reason, String message) {
    return new Failure(category, category.retryable(), null, reason, message, null);
  }

  /** The same failure with the end of the driver's log. */
  public Failure withLogTail(@Nullable String tail) {
    return new Failure(category, retryable, exitCode, reason, message, tail);
  }
}
