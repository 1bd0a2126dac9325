package io.firesteel.inbox;

import io.firesteel.job.Failure;
import io.firesteel.job.TruncatedText;
import org.jspecify.annotations.Nullable;

/**
 * An executor pod that started or ended.
 *
 * @param pod its name
 * @param exitCode of Spark's container; null while it runs and if its end was not observed
 * @param reason Kubernetes' reason for its end, such as {@code OOMKilled} or {@code Evicted}
 */
public record ExecutorPod(
    String pod, State state, @Nullable Integer exitCode, @Nullable String reason) {

  public ExecutorPod {
    reason = reason == null ? null : TruncatedText.beginning(reason, Failure.MAX_REASON);
  }

  /** The state of the pod; GONE was deleted, usually by the driver. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED,
    GONE
  }
}
