package io.firesteel.admission.core;

import static io.firesteel.admission.index.DependencyGraph.MAX_SEARCHED;

import io.firesteel.admission.state.TenantState;
import io.firesteel.event.Outcome;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The failures that admission itself gives a job. */
final class JobFailures {

  private JobFailures() {}

  static Failure cancelled(@Nullable String reason) {
    return Failure.of(
        FailureReason.CANCELLED, reason == null ? "The job was cancelled on request" : reason);
  }

  static Failure queueFull(TenantState tenant) {
    return Failure.of(
        FailureReason.QUEUE_FULL,
        "Tenant %s already has %d waiting jobs (maxQueued); publish the request again later"
            .formatted(tenant.name(), tenant.waiting()));
  }

  static Failure objectOutdated() {
    return Failure.of(
        FailureReason.OBJECT_OUTDATED,
        "A job for a newer version of the same object was accepted earlier");
  }

  static Failure tenantRemoved() {
    return Failure.of(
        FailureReason.TENANT_REMOVED,
        "The tenant is no longer defined; define it and publish the request again, with a new id if the job was cancelled");
  }

  static Failure dependencyCycle() {
    return Failure.of(
        FailureReason.DEPENDENCY_CYCLE,
        "dependsOn forms a cycle, or involves more than %d waiting jobs; remove one of the dependencies"
            .formatted(MAX_SEARCHED));
  }

  static Failure dependencyUnknown(Dependency dependency, Duration wait) {
    return Failure.of(
        FailureReason.DEPENDENCY_UNKNOWN,
        "Job %s, a dependency of this job, was not submitted within %s"
            .formatted(dependency.jobId(), text(wait)));
  }

  static Failure dependencyNotFulfilled(Dependency dependency, Outcome outcome) {
    return Failure.of(
        FailureReason.DEPENDENCY_NOT_FULFILLED,
        "Job %s ended with %s; dependsOn requires %s"
            .formatted(
                dependency.jobId(),
                outcome,
                dependency.condition().name().toLowerCase(Locale.ROOT)));
  }

  /** For a job whose wait deadline has passed. */
  static Failure waitDeadlinePassed(Deadlines deadlines, Instant now) {
    Instant finishBy = deadlines.finishBy();
    return finishBy != null && !finishBy.isAfter(now)
        ? finishByPassed(deadlines)
        : Failure.of(
            FailureReason.START_BY_PASSED,
            "The job was not admitted by %s (deadline.startBy)".formatted(deadlines.startBy()));
  }

  static Failure finishByPassed(Deadlines deadlines) {
    return Failure.of(
        FailureReason.FINISH_BY_PASSED,
        "The job did not finish by %s (deadline.finishBy)".formatted(deadlines.finishBy()));
  }

  static Failure startWithinExceeded(Deadlines deadlines) {
    return Failure.of(
        FailureReason.START_WITHIN_EXCEEDED,
        "The driver did not start within %s (deadline.startWithin)"
            .formatted(text(deadlines.startWithin())));
  }

  static Failure runWithinExceeded(Deadlines deadlines) {
    return Failure.of(
        FailureReason.RUN_WITHIN_EXCEEDED,
        "The driver ran for longer than %s (deadline.runWithin)"
            .formatted(text(deadlines.runWithin())));
  }

  /** In the units of requests. */
  private static String text(@Nullable Duration duration) {
    if (duration == null || duration.toSecondsPart() != 0 || duration.isZero()) {
      return duration == null ? "" : duration.toSeconds() + "s";
    }
    if (duration.toMinutesPart() != 0) {
      return duration.toMinutes() + "m";
    }
    return duration.toHoursPart() == 0 ? duration.toDays() + "d" : duration.toHours() + "h";
  }
}
