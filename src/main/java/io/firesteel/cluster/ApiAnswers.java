package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the API server's answers mean for a creation: which ones come again however often one asks.
 * After the reasons of {@code k8s.io/apimachinery/pkg/apis/meta/v1} StatusReason.
 */
final class ApiAnswers {

  /** The cause when there was no answer at all. */
  static final String UNREACHABLE = "unreachable";

  private ApiAnswers() {}

  /** Whether the server was not there to answer. */
  static boolean unreachable(KubernetesClientException e) {
    return e.getCode() <= 0;
  }

  /** A refusal is final for this attempt; everything else is worth asking again. */
  static Outcome outcome(KubernetesClientException e) {
    String message = message(e);
    if (deniedByWebhook(message)) {
      return refused(FailureCategory.CONFIGURATION, "AdmissionDenied", message);
    }
    return switch (e.getCode()) {
      case 400, 422 -> refused(FailureCategory.CONFIGURATION, "Invalid", message);
      case 403 -> forbidden(e, message);
      case 404 -> refused(FailureCategory.CONFIGURATION, "NotFound", message);
      case 413 -> refused(FailureCategory.CONFIGURATION, "TooLarge", message);
      default -> retry(e);
    };
  }

  /**
   * Quotas, limit ranges and webhooks all answer 403 and differ in their words only. The words are
   * those of {@code k8s.io/apiserver/pkg/admission/plugin/resourcequota}: a quota just made refuses
   * everything until its controller has counted what it bounds.
   */
  private static Outcome forbidden(KubernetesClientException e, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("status unknown for quota")) {
      return retry(e);
    }
    if (lower.contains("exceeded quota")) {
      return refused(FailureCategory.CAPACITY, "QuotaExceeded", message);
    }
    if (lower.contains("being terminated")) {
      return refused(FailureCategory.CONFIGURATION, "NamespaceTerminating", message);
    }
    boolean limitRange = lower.contains("imum") && lower.contains("usage per");
    String reason = limitRange ? "LimitRange" : "Forbidden";
    return refused(FailureCategory.CONFIGURATION, reason, message);
  }

  /** What a cluster's admission webhook says when it does not want an object. */
  private static boolean deniedByWebhook(String message) {
    return message.contains("admission webhook") && message.contains("denied the request");
  }

  private static Outcome refused(FailureCategory category, String reason, String message) {
    return new Outcome.Refused(Failure.of(category, reason, message));
  }

  /** To be asked again, not before the server wants it. */
  static Outcome retry(KubernetesClientException e) {
    String cause = unreachable(e) ? UNREACHABLE : "HTTP " + e.getCode();
    return new Outcome.NotNow(cause, retryAfter(e.getStatus()));
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
