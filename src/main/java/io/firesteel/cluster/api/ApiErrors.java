package io.firesteel.cluster.api;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the API server's errors for a creation: which are permanent, and which to retry.
 * Follows StatusReason of {@code k8s.io/apimachinery/pkg/apis/meta/v1}.
 */
public final class ApiErrors {

  /** The cause of a call that got no response. */
  public static final String UNREACHABLE = "unreachable";

  private ApiErrors() {}

  /** Whether the call got no response. */
  public static boolean isUnreachable(KubernetesClientException e) {
    return e.getCode() <= 0;
  }

  /** A rejection is final for this attempt; everything else is retried. */
  static CallResult toResult(KubernetesClientException e) {
    String message = message(e);
    if (isDeniedByWebhook(message)) {
      return rejected(FailureReason.ADMISSION_DENIED, message);
    }
    return switch (e.getCode()) {
      case 400, 422 -> rejected(FailureReason.INVALID, message);
      case 403 -> forbidden(e, message);
      case 404 -> rejected(FailureReason.NOT_FOUND, message);
      case 413 -> rejected(FailureReason.TOO_LARGE, message);
      default -> retry(e);
    };
  }

  /**
   * Quotas and limit ranges respond with 403 and differ in their messages only, as in {@code
   * k8s.io/apiserver/pkg/admission/plugin/resourcequota}. A new quota rejects everything until its
   * controller has counted what the quota limits.
   */
  private static CallResult forbidden(KubernetesClientException e, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("status unknown for quota")) {
      return retry(e);
    }
    if (lower.contains("exceeded quota")) {
      return rejected(FailureReason.QUOTA_EXCEEDED, message);
    }
    if (isNamespaceTerminating(e, lower)) {
      return rejected(FailureReason.NAMESPACE_TERMINATING, message);
    }
    boolean limitRange = lower.contains("imum") && lower.contains("usage per");
    return rejected(limitRange ? FailureReason.LIMIT_RANGE : FailureReason.FORBIDDEN, message);
  }

  private static boolean isNamespaceTerminating(KubernetesClientException e, String lower) {
    Status status = e.getStatus();
    boolean hasCauses =
        status != null && status.getDetails() != null && status.getDetails().getCauses() != null;
    return lower.contains("being terminated")
        || (hasCauses
            && status.getDetails().getCauses().stream()
                .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason())));
  }

  /** Whether an admission webhook of the cluster denied the object. */
  private static boolean isDeniedByWebhook(String message) {
    return message.contains("admission webhook") && message.contains("denied the request");
  }

  private static CallResult rejected(FailureReason reason, String message) {
    return new CallResult.PermanentFailure(Failure.of(reason, message));
  }

  /** Retries, no earlier than the server asks for. */
  static CallResult retry(KubernetesClientException e) {
    String cause = isUnreachable(e) ? UNREACHABLE : "HTTP " + e.getCode();
    return new CallResult.RetryLater(cause, retryAfter(e.getStatus()));
  }

  private static @Nullable Duration retryAfter(@Nullable Status status) {
    if (status == null
        || status.getDetails() == null
        || status.getDetails().getRetryAfterSeconds() == null) {
      return null;
    }
    return Duration.ofSeconds(status.getDetails().getRetryAfterSeconds());
  }

  private static String message(KubernetesClientException e) {
    Status status = e.getStatus();
    return status == null || status.getMessage() == null
        ? "HTTP " + e.getCode()
        : status.getMessage();
  }
}
