package io.firesteel.intake.decision;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.driver.Creation;
import io.firesteel.driver.DriverBuildResult;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.intake.request.JobRequest;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.Attempt;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.Warning;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.ValidationError;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkLine;
import io.firesteel.spec.validation.IgnoredFields;
import io.firesteel.spec.validation.ParsedSpec;
import io.firesteel.spec.validation.SpecReader;
import io.firesteel.spec.validation.UntestedVersions;
import io.firesteel.tenant.PreparedSpec;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.TenantPolicy;
import java.util.List;
import java.util.stream.Stream;

/**
 * Validates a job by building its first driver and discarding it. A spec that cannot be built, or
 * that the tenant's policy does not allow, is rejected at once instead of when its turn comes.
 * Pure.
 */
final class DriverDryRun {

  private static final String SPEC = "/spec";

  /** The generation is assigned later. The longest one gives the largest objects. */
  private static final long LONGEST_GENERATION = Long.MAX_VALUE;

  private DriverDryRun() {}

  sealed interface DryRunResult {}

  /** The job is valid; the spec is as the tenant's definition prepares it. */
  record DryRunPassed(JsonNode spec, Placement placement, RetryPolicy retry, List<Warning> warnings)
      implements DryRunResult {}

  record DryRunFailed(Rejection rejection) implements DryRunResult {}

  /**
   * Validates a job.
   *
   * @param filled whether the spec is a template with parameters filled in
   */
  static DryRunResult check(
      JobKey key, JsonNode requested, boolean filled, JobRequest request, Tenant tenant) {
    TenantPolicy policy = new TenantPolicy(tenant);
    PreparedSpec prepared = policy.prepare(requested);
    JsonNode spec = prepared.spec();
    return switch (parse(spec, filled)) {
      case ParsedSpec.Invalid(var errors) -> invalid(errors);
      case ParsedSpec.Valid(SparkApplicationSpec parsed) -> {
        DesiredDriver driver = driver(key, spec, request, policy);
        yield switch (DriverBuilder.build(
            parsed, driver, Creation.forDryRun(driver.attempt(), 0))) {
          case DriverBuildResult.Unbuildable(var errors) -> invalid(errors);
          case DriverBuildResult.Built built -> {
            List<ValidationError> violations = policy.violations(spec, policyInput(built));
            yield violations.isEmpty()
                ? new DryRunPassed(
                    spec,
                    driver.placement(),
                    parsed.retryPolicy(),
                    warnings(parsed.line(), requested, prepared))
                : new DryRunFailed(denied(violations));
          }
        };
      }
    };
  }

  private static List<Warning> warnings(SparkLine line, JsonNode requested, PreparedSpec prepared) {
    return Stream.of(
            UntestedVersions.warnings(line), IgnoredFields.in(requested), prepared.warnings())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Parses a spec. A parameter keeps its type when it is filled in, so a number or a boolean can
   * stand where the spec needs a string, for example in {@code arguments}; it becomes a string.
   */
  private static ParsedSpec parse(JsonNode spec, boolean filled) {
    ParsedSpec parsed = SpecReader.read(spec, SPEC);
    if (filled && parsed instanceof ParsedSpec.Invalid(var errors)) {
      errors.forEach(error -> replaceWithString(spec, error.pointer().substring(SPEC.length())));
      return SpecReader.read(spec, SPEC);
    }
    return parsed;
  }

  private static void replaceWithString(JsonNode spec, String path) {
    JsonPointer pointer = JsonPointer.compile(path);
    JsonNode value = spec.at(pointer);
    if (!value.isNumber() && !value.isBoolean()) {
      return;
    }
    TextNode text = TextNode.valueOf(value.asText());
    switch (spec.at(pointer.head())) {
      case ArrayNode array -> array.set(pointer.last().getMatchingIndex(), text);
      case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), text);
      default -> {}
    }
  }

  private static DesiredDriver driver(
      JobKey key, JsonNode spec, JobRequest request, TenantPolicy policy) {
    return new DesiredDriver(
        new Attempt(key, LONGEST_GENERATION, 1),
        policy.tenant().cohort(),
        policy.placement(spec),
        null,
        false,
        request.labels(),
        null,
        spec);
  }

  private static TenantPolicy.PolicyInput policyInput(DriverBuildResult.Built built) {
    return new TenantPolicy.PolicyInput(
        built.properties(),
        JsonCodec.toTree(built.objects().pod()),
        Stream.concat(built.objects().prerequisites().stream(), built.objects().owned().stream())
            .map(JsonCodec::toTree)
            .toList(),
        JsonCodec.toTree(built.executorTemplate()));
  }

  private static DryRunFailed invalid(List<ValidationError> errors) {
    return new DryRunFailed(Rejection.of(FailureReason.SPEC_INVALID, errors));
  }

  private static Rejection denied(List<ValidationError> violations) {
    return Rejection.of(
        FailureReason.POLICY_DENIED,
        violations.stream()
            .map(error -> new ValidationError(SPEC + error.pointer(), error.message()))
            .toList());
  }
}
