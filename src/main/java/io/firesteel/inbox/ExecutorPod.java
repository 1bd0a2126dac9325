package io.firesteel.inbox;

import io.firesteel.job.Failure;
import io.firesteel.job.TruncatedText;
import org.jspecify.annotations.Nullable;

/**
 * An executor pod that came or went.
 *
 * @param pod its name
 * @param exitCode of Spark's container; null while it runs and when nobody saw its end
 * @param reason Kubernetes' word for its end, such as {@code OOMKilled} or {@code Evicted}
 */
public record ExecutorPod(
    String pod, State state, @Nullable Integer exitCode, @Nullable String reason) {

  public ExecutorPod {
    reason = reason == null ? null : TruncatedText.beginning(reason, Failure.LONGEST_REASON);
  }

  /** Where it is; GONE is one that was deleted, most often by its driver. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED,
    GONE
  }
}
