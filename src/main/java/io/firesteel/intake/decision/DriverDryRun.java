package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.Creation;
import io.firesteel.driver.DriverBuildResult;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.driver.DriverObjects;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.intake.request.JobRequest;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.Attempt;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.Warning;
import io.firesteel.json.ValidationError;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.validation.IgnoredFields;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.TenantPolicy;
import java.util.List;

/**
 * Checks what a job would run by building its first driver and throwing it away: what cannot be
 * built, or what was built and is not allowed to the tenant, is refused to its sender now, instead
 * of failing hours later when its turn has come. Pure.
 */
final class DriverDryRun {

  /** As long as any: the generation is drawn later, and the objects may not be too large then. */
  private static final long SOME_GENERATION = Long.MAX_VALUE;

  private DriverDryRun() {}

  /** The outcome. */
  sealed interface DryRunResult {}

  /** It may run, with the tenant's properties in it. */
  record DryRunPassed(JsonNode spec, Placement placement, RetryPolicy retry, List<Warning> warnings)
      implements DryRunResult {}

  /** It may not. */
  record DryRunFailed(Rejection rejection) implements DryRunResult {}

  static DryRunResult check(JobKey key, JsonNode asked, JobRequest request, Tenant tenant) {
    TenantPolicy policy = new TenantPolicy(tenant);
    JsonNode spec = policy.applyProperties(asked);
    return switch (SpecReader.read(spec, "/spec")) {
      case ParsedSpec.Invalid(var errors) -> invalid(errors);
      case ParsedSpec.Valid(SparkApplicationSpec parsed) -> {
        DesiredDriver driver = driver(key, spec, request, policy);
        yield switch (DriverBuilder.build(
            parsed, driver, Creation.forDryRun(driver.attempt(), 0))) {
          case DriverBuildResult.Unbuildable(var errors) -> invalid(errors);
          case DriverBuildResult.Built(DriverObjects objects) -> {
            List<ValidationError> objections = policy.violations(spec, PolicyInputs.of(objects));
            yield objections.isEmpty()
                ? new DryRunPassed(
                    spec, driver.placement(), parsed.retryPolicy(), IgnoredFields.in(asked))
                : new DryRunFailed(denied(objections));
          }
        };
      }
    };
  }

  private static DesiredDriver driver(
      JobKey key, JsonNode spec, JobRequest request, TenantPolicy policy) {
    return new DesiredDriver(
        new Attempt(key, SOME_GENERATION, 1),
        policy.tenant().cohort(),
        policy.placement(spec),
        null,
        false,
        request.labels(),
        null,
        spec);
  }

  private static Rejection denied(List<ValidationError> objections) {
    return Rejection.of(
        FailureReason.POLICY_DENIED,
        objections.stream()
            .map(p -> new ValidationError("/spec" + p.pointer(), p.message()))
            .toList());
  }

  private static DryRunResult invalid(List<ValidationError> errors) {
    return new DryRunFailed(Rejection.of(FailureReason.SPEC_INVALID, errors));
  }
}
