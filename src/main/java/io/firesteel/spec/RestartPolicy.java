package io.firesteel.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.firesteel.job.RetryPolicy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When an application is retried; intervals are in seconds. */
@RegisterForReflection
public record RestartPolicy(
    @Nullable RestartPolicyType type,
    @Nullable Integer onSubmissionFailureRetries,
    @Nullable Integer onFailureRetries,
    @Nullable Long onSubmissionFailureRetryInterval,
    @Nullable Long onFailureRetryInterval) {

  /** The operator's default interval between retries. */
  private static final long INTERVAL = 5;

  /** The three types. */
  @RegisterForReflection
  public enum RestartPolicyType {
    @JsonProperty("Never")
    NEVER,
    @JsonProperty("OnFailure")
    ON_FAILURE,
    @JsonProperty("Always")
    ALWAYS
  }

  /** The retry policy of a job, with the operator's defaults. */
  RetryPolicy toRetryPolicy() {
    return switch (type == null ? RestartPolicyType.NEVER : type) {
      case NEVER -> RetryPolicy.NEVER;
      case ON_FAILURE -> retry(RetryPolicy.RetryType.ON_FAILURE);
      case ALWAYS -> retry(RetryPolicy.RetryType.ALWAYS);
    };
  }

  private RetryPolicy retry(RetryPolicy.RetryType retryType) {
    return new RetryPolicy(
        retryType,
        onFailureRetries == null ? 0 : onFailureRetries,
        seconds(onFailureRetryInterval),
        onSubmissionFailureRetries == null ? 0 : onSubmissionFailureRetries,
        seconds(onSubmissionFailureRetryInterval));
  }

  private static Duration seconds(@Nullable Long value) {
    return Duration.ofSeconds(value == null ? INTERVAL : value);
  }
}
