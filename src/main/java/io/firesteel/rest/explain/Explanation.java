package io.firesteel.rest.explain;

import io.firesteel.event.JobPhase;
import io.firesteel.job.FailureCategory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is where it is, as of now.
 *
 * @param summary one sentence
 * @param rules every rule that could hold up the job, whether it does or not; empty once it is over
 * @param cause why it failed; null if it did not
 * @param actions what a person can do, the most useful first
 */
public record Explanation(
    String tenant,
    String jobId,
    JobPhase phase,
    String summary,
    List<Rule> rules,
    @Nullable Cause cause,
    List<String> actions,
    Instant asOf) {

  public Explanation {
    rules = List.copyOf(rules);
    actions = List.copyOf(actions);
  }

  /** A rule that could hold up a job. */
  public enum RuleName {
    /** The tenant must be defined. */
    TENANT_DEFINED,
    /** The tenant must not be suspended. */
    SUSPENSION,
    /** The job may not start before a time. */
    NOT_BEFORE,
    /** Other jobs must end first. */
    DEPENDENCY,
    /** A failed attempt is followed by a pause. */
    BACKOFF,
    /** Jobs of the same tenant go first, by priority and arrival. */
    QUEUE,
    /** The tenant has a number of slots. */
    TENANT_LIMIT,
    /** The tenants of a cohort share a number of slots. */
    COHORT_LIMIT,
    /** The cluster must answer. */
    CLUSTER,
    /** The driver's pod must be scheduled and started. */
    DRIVER
  }

  /**
   * A rule and its state.
   *
   * @param holding whether it holds up the job now
   * @param detail a sentence with its numbers
   * @param jobs the ids of the jobs concerned: those ahead, those that hold slots, or dependencies
   */
  public record Rule(RuleName rule, boolean holding, String detail, List<String> jobs) {
    public Rule {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * Why the job, or its last attempt, failed.
   *
   * @param reason one word, as in docs/failures.md
   * @param evidence the end of the driver's log, secrets redacted; null if there is none
   */
  public record Cause(
      FailureCategory category,
      String reason,
      String message,
      @Nullable Integer exitCode,
      boolean retryable,
      int attempt,
      @Nullable String evidence) {}
}
