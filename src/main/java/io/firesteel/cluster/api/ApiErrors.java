package io.firesteel.cluster.api;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the API server's answers mean for a creation: which ones come again however often one asks.
 * After the reasons of {@code k8s.io/apimachinery/pkg/apis/meta/v1} StatusReason.
 */
public final class ApiErrors {

  /** The cause when there was no answer at all. */
  public static final String UNREACHABLE = "unreachable";

  private ApiErrors() {}

  /** Whether the server was not there to answer. */
  public static boolean isUnreachable(KubernetesClientException e) {
    return e.getCode() <= 0;
  }

  /** A refusal is final for this attempt; everything else is worth asking again. */
  static CallResult toResult(KubernetesClientException e) {
    String message = message(e);
    if (isDeniedByWebhook(message)) {
      return rejected(FailureCategory.CONFIGURATION, "AdmissionDenied", message);
    }
    return switch (e.getCode()) {
      case 400, 422 -> rejected(FailureCategory.CONFIGURATION, "Invalid", message);
      case 403 -> forbidden(e, message);
      case 404 -> rejected(FailureCategory.CONFIGURATION, "NotFound", message);
      case 413 -> rejected(FailureCategory.CONFIGURATION, "TooLarge", message);
      default -> retry(e);
    };
  }

  /**
   * Quotas, limit ranges and webhooks all answer 403 and differ in their words only. The words are
   * those of {@code k8s.io/apiserver/pkg/admission/plugin/resourcequota}: a quota just made refuses
   * everything until its controller has counted what it bounds.
   */
  private static CallResult forbidden(KubernetesClientException e, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("status unknown for quota")) {
      return retry(e);
    }
    if (lower.contains("exceeded quota")) {
      return rejected(FailureCategory.CAPACITY, "QuotaExceeded", message);
    }
    if (lower.contains("being terminated")) {
      return rejected(FailureCategory.CONFIGURATION, "NamespaceTerminating", message);
    }
    boolean limitRange = lower.contains("imum") && lower.contains("usage per");
    String reason = limitRange ? "LimitRange" : "Forbidden";
    return rejected(FailureCategory.CONFIGURATION, reason, message);
  }

  /** What a cluster's admission webhook says when it does not want an object. */
  private static boolean isDeniedByWebhook(String message) {
    return message.contains("admission webhook") && message.contains("denied the request");
  }

  private static CallResult rejected(FailureCategory category, String reason, String message) {
    return new CallResult.PermanentFailure(Failure.of(category, reason, message));
  }

  /** To be asked again, not before the server wants it. */
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
