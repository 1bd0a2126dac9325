package io.firesteel.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.Creation;
import io.firesteel.driver.DriverBuild;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.driver.DriverObjects;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.ErrorCode;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.Warning;
import io.firesteel.json.Problem;
import io.firesteel.spec.ParsedSpec;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.UnusedFields;
import io.firesteel.tenant.Room;
import io.firesteel.tenant.Tenant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks what a job would run by building its first driver and throwing it away: what cannot be
 * built, or what was built and is not allowed to the tenant, is refused to its sender now, instead
 * of failing hours later when its turn has come. Pure.
 */
final class JobSpec {

  /** As long as any: the generation is drawn later, and the objects may not be too large then. */
  private static final long SOME_GENERATION = Long.MAX_VALUE;

  private JobSpec() {}

  /** The outcome. */
  sealed interface Checked {}

  /** It may run, with the tenant's properties in it. */
  record Good(JsonNode spec, Placement placement, RetryPolicy retry, List<Warning> warnings)
      implements Checked {}

  /** It may not. */
  record Bad(Reason reason) implements Checked {}

  static Checked check(JobKey key, JsonNode asked, Request request, Tenant tenant) {
    Room room = new Room(tenant);
    JsonNode spec = room.furnish(asked);
    return switch (SparkApplicationSpec.parse(spec)) {
      case ParsedSpec.Invalid(var problems) -> bad(problems);
      case ParsedSpec.Valid(SparkApplicationSpec parsed) -> {
        DesiredDriver driver = driver(key, spec, request, room);
        yield switch (DriverBuilder.build(parsed, driver, Creation.imagined(driver.attempt(), 0))) {
          case DriverBuild.Refused(var problems) -> bad(problems);
          case DriverBuild.Built(DriverObjects objects) -> {
            List<Problem> objections = room.objections(spec, BuiltTrees.of(objects));
            yield objections.isEmpty()
                ? new Good(spec, driver.placement(), parsed.retryPolicy(), UnusedFields.in(asked))
                : new Bad(denied(objections));
          }
        };
      }
    };
  }

  private static DesiredDriver driver(JobKey key, JsonNode spec, Request request, Room room) {
    return new DesiredDriver(
        new Attempt(key, SOME_GENERATION, 1),
        room.tenant().cohort(),
        room.placement(spec),
        null,
        false,
        request.labels(),
        null,
        spec);
  }

  private static Reason denied(List<Problem> objections) {
    return Reason.of(
        ErrorCode.POLICY_DENIED,
        objections.stream().map(p -> new Problem("spec" + p.pointer(), p.text())).toList());
  }

  private static Checked bad(List<io.firesteel.spec.Problem> problems) {
    String text =
        problems.stream()
            .map(io.firesteel.spec.Problem::toString)
            .collect(Collectors.joining("; "));
    return new Bad(new Reason(ErrorCode.SPEC_INVALID, text));
  }
}
