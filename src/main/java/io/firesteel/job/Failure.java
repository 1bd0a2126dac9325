package io.firesteel.job;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt or a job failed, in terms a person can act on. Its texts are cut where they would
 * be too long for the records that carry them.
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

  /** The longest texts, in bytes as JSON. */
  public static final int LONGEST_REASON = 256;

  public static final int LONGEST_MESSAGE = 16 << 10;
  public static final int LONGEST_LOG_TAIL = 64 << 10;

  public Failure {
    // What is read back from JSON may lack them; who reads it checks.
    reason = reason == null ? reason : TruncatedText.beginning(reason, LONGEST_REASON);
    message = message == null ? message : TruncatedText.beginning(message, LONGEST_MESSAGE);
    logTail = logTail == null ? null : TruncatedText.end(logTail, LONGEST_LOG_TAIL);
  }

  /** A failure with the category of its reason, without exit code or log. */
  public static Failure of(FailureReason reason, String message) {
    return of(reason.category(), reason.text(), message);
  }

  /** A failure without exit code or log. */
  public static Failure of(FailureCategory category, String reason, String message) {
    return new Failure(category, category.retryable(), null, reason, message, null);
  }

  /** The same failure with the end of the driver's log. */
  public Failure withLogTail(@Nullable String tail) {
    return new Failure(category, retryable, exitCode, reason, message, tail);
  }
}
