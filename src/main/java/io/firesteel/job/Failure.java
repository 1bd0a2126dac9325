package io.firesteel.job;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt or a job failed, in terms a person can act on. Texts that are too long for the
 * records that carry them are truncated.
 *
 * @param retryable whether another attempt could succeed
 * @param exitCode of the driver's container, if it ended
 * @param reason one CamelCase word: the text of a {@link FailureReason}, or Kubernetes' own ({@code
 *     OOMKilled}, {@code ErrImagePull})
 * @param message what failed, where, and how to fix it; never contains a secret
 * @param logTail the last lines of the driver's log, secrets redacted
 */
public record Failure(
    FailureCategory category,
    boolean retryable,
    @Nullable Integer exitCode,
    String reason,
    String message,
    @Nullable String logTail) {

  /** The maximum sizes of the texts, in bytes as JSON. */
  public static final int MAX_REASON = 256;

  public static final int MAX_MESSAGE = 16 << 10;
  public static final int MAX_LOG_TAIL = 64 << 10;

  public Failure {
    // A record read from JSON may lack them; the reader checks.
    reason = reason == null ? reason : TruncatedText.beginning(reason, MAX_REASON);
    message = message == null ? message : TruncatedText.beginning(message, MAX_MESSAGE);
    logTail = logTail == null ? null : TruncatedText.end(logTail, MAX_LOG_TAIL);
  }

  /** A failure of the reason's own category, without exit code or log. */
  public static Failure of(FailureReason reason, String message) {
    return of(reason.category(), reason.text(), message);
  }

  /** A failure without exit code or log. */
  public static Failure of(FailureCategory category, String reason, String message) {
    return new Failure(category, category.retryable(), null, reason, message, null);
  }
}
