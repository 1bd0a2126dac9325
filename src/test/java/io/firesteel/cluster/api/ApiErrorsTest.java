package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.job.FailureCategory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "422, Pod is invalid, CONFIGURATION, Invalid",
    "403, pods is forbidden: User cannot create, CONFIGURATION, Forbidden",
    "403, pods is forbidden: exceeded quota: compute, CAPACITY, QuotaExceeded",
    "403, maximum memory usage per Pod is 2Gi, CONFIGURATION, LimitRange",
    "400, admission webhook \"x\" denied the request: no, CONFIGURATION, AdmissionDenied",
    "403, it is being terminated, CONFIGURATION, NamespaceTerminating",
    "404, namespaces \"x\" not found, CONFIGURATION, NotFound"
  })
  void classifiesRejections(int code, String message, FailureCategory category, String reason) {
    assertThat(ApiErrors.toResult(error(code, message, null)))
        .isInstanceOfSatisfying(
            CallResult.PermanentFailure.class,
            rejection -> {
              assertThat(rejection.failure().category()).isEqualTo(category);
              assertThat(rejection.failure().reason()).isEqualTo(reason);
              assertThat(rejection.failure().message()).isEqualTo(message);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 409, 429, 500, 503, 504})
  void retriesAfterAServerError(int code) {
    assertThat(ApiErrors.toResult(error(code, "failure", null)))
        .isInstanceOf(CallResult.RetryLater.class);
  }

  @Test
  void retriesWhileAQuotaHasNotBeenCounted() {
    String message = "pods \"a\" is forbidden: status unknown for quota: compute, resources: pods";

    assertThat(ApiErrors.toResult(error(403, message, null)))
        .isEqualTo(new CallResult.RetryLater("HTTP 403", null));
  }

  @Test
  void honorsRetryAfter() {
    assertThat(ApiErrors.toResult(error(429, "slow down", 5)))
        .isEqualTo(new CallResult.RetryLater("HTTP 429", Duration.ofSeconds(5)));
  }

  private static KubernetesClientException error(
      int code, String message, @Nullable Integer retryAfter) {
    return new KubernetesClientException(
        message,
        code,
        new StatusBuilder()
            .withCode(code)
            .withMessage(message)
            .withNewDetails()
            .withRetryAfterSeconds(retryAfter)
            .endDetails()
            .build());
  }
}
