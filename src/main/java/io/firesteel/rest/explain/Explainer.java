package io.firesteel.rest.explain;

import io.firesteel.event.JobStatus;
import io.firesteel.event.JobStatus.AttemptStatus;
import io.firesteel.event.Timeline;
import io.firesteel.job.Failure;
import io.firesteel.rest.explain.Explanation.Cause;
import io.firesteel.rest.explain.Explanation.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Explains a job by the facts about it. Pure. */
public final class Explainer {

  private Explainer() {}

  /** The explanation of a job at a moment. */
  public static Explanation explain(JobFacts facts, Instant now) {
    JobStatus job = facts.job();
    List<Rule> rules =
        switch (job.phase()) {
          case WAITING, UNKNOWN -> WaitRules.of(facts, now);
          case ADMITTED, SUBMITTED, RUNNING, STOPPING -> driverRules(facts, now);
          case SUCCEEDED, FAILED, CANCELLED, REFUSED, EXPIRED -> List.of();
        };
    Cause cause = cause(job);
    return new Explanation(
        job.tenant(),
        job.jobId(),
        job.phase(),
        summary(job, rules, now),
        rules,
        cause,
        actions(facts, rules, cause),
        now);
  }

  private static String summary(JobStatus job, List<Rule> rules, Instant now) {
    Timeline stages = job.timeline();
    return switch (job.phase()) {
      case UNKNOWN -> "The job is unknown.";
      case WAITING -> waiting(rules);
      case ADMITTED -> "The job has a slot, and its driver is being created.";
      case SUBMITTED ->
          "The driver's pod exists and is not running yet"
              + (job.pending() == null ? "." : ": " + job.pending() + ".");
      case RUNNING ->
          "The driver has been running%s%s."
              .formatted(
                  stages.startedAt() == null ? "" : " for " + since(stages.startedAt(), now),
                  executors(job));
      case STOPPING -> "The driver is being stopped; the job keeps its slot until the pod is gone.";
      case SUCCEEDED -> "The job succeeded%s.".formatted(onAttempt(job));
      case FAILED -> "The job failed%s: %s.".formatted(onAttempt(job), reason(job));
      case CANCELLED -> "The job was cancelled.";
      case REFUSED -> "The request was refused: %s. It never ran.".formatted(reason(job));
      case EXPIRED -> "The job expired before its first attempt: %s.".formatted(reason(job));
    };
  }

  private static String waiting(List<Rule> rules) {
    List<Rule> holding = rules.stream().filter(Rule::holding).toList();
    return holding.isEmpty()
        ? "Nothing holds up the job; it is about to be admitted."
        : "The job waits: " + holding.getFirst().detail();
  }

  private static String executors(JobStatus job) {
    return job.executors() == null
        ? ""
        : ", with %d executors now and %d in all"
            .formatted(job.executors().running(), job.executors().total());
  }

  private static String onAttempt(JobStatus job) {
    return job.attempt() > 1 ? " on attempt " + job.attempt() : "";
  }

  private static String reason(JobStatus job) {
    return job.failure() == null ? "no reason is known" : job.failure().reason();
  }

  private static List<Rule> driverRules(JobFacts facts, Instant now) {
    List<Rule> rules = new ArrayList<>(List.of(WaitRules.cluster(facts, now)));
    JobStatus job = facts.job();
    boolean started = job.timeline().startedAt() != null;
    rules.add(
        new Rule(
            Explanation.RuleName.DRIVER,
            !started,
            started
                ? "The driver's container is running."
                : job.pending() == null
                    ? "The driver's container has not started yet."
                    : "Kubernetes says %s.".formatted(job.pending()),
            List.of()));
    return rules;
  }

  /** The failure of the job, or else of the attempt before this one. */
  private static @Nullable Cause cause(JobStatus job) {
    if (job.failure() != null) {
      return cause(job.failure(), job.attempt());
    }
    if (job.attempts().isEmpty() || job.phase().ended()) {
      return null;
    }
    AttemptStatus last = job.attempts().getLast();
    return last.failure() == null ? null : cause(last.failure(), last.number());
  }

  private static Cause cause(Failure failure, int attempt) {
    return new Cause(
        failure.category(),
        failure.reason(),
        failure.message(),
        failure.exitCode(),
        failure.retryable(),
        attempt,
        failure.logTail());
  }

  private static List<String> actions(JobFacts facts, List<Rule> rules, @Nullable Cause cause) {
    List<String> actions = new ArrayList<>();
    rules.stream()
        .filter(Rule::holding)
        .map(rule -> Remedies.of(rule.rule(), facts))
        .filter(Objects::nonNull)
        .forEach(actions::add);
    if (cause != null && facts.job().phase().ended()) {
      actions.addAll(Remedies.of(facts.job(), cause));
    }
    return actions;
  }

  /** A duration as people write it, in two units at most. */
  static String since(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    if (time.isNegative()) {
      return "0s";
    }
    if (time.toDays() > 0) {
      return "%dd %dh".formatted(time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return "%dh %dm".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%dm %ds".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + "s";
  }
}
