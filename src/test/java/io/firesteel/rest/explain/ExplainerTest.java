package io.firesteel.rest.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.JobStatus.AttemptStatus;
import io.firesteel.event.JobStatusBuilder;
import io.firesteel.event.Links;
import io.firesteel.event.Outcome;
import io.firesteel.event.Timeline;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.TenantLimits;
import io.firesteel.rest.explain.Explanation.Rule;
import io.firesteel.rest.explain.Explanation.RuleName;
import io.firesteel.status.CurrentWait;
import io.firesteel.status.JobSummary;
import io.firesteel.status.TenantView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why a job waits or failed, in sentences. */
@SuppressWarnings("NullAway") // The generated withers do not say which values may be null.
final class ExplainerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void aTenantThatWasSuspendedSinceIsTheReason() {
    JobStatus published = waiting(WaitingReason.TENANT_LIMIT);
    TenantView suspended = tenant(true, 0, 2, TenantLimits.UNLIMITED, 0);

    WaitingStatus now = CurrentWait.of(published, suspended, 3L);
    assertThat(now).isEqualTo(new WaitingStatus(WaitingReason.SUSPENDED, 3L, null, List.of()));

    Explanation explanation = explain(published.withWaiting(now), suspended, List.of());
    assertThat(explanation.summary())
        .isEqualTo("The job waits: the tenant acme is suspended, so none of its jobs is admitted.");
    assertThat(explanation.actions()).contains("Ask an operator to resume the tenant acme.");
    assertThat(holding(explanation)).containsExactly(RuleName.SUSPENSION);
  }

  @Test
  void allRulesThatHoldUpAJobAreNamedWithTheirNumbers() {
    JobSummary first = JobSummary.of(waiting(WaitingReason.TENANT_LIMIT).withJobId("first"));
    TenantView full = tenant(false, 2, 2, 2, 2);

    Explanation explanation = explain(waiting(WaitingReason.TENANT_LIMIT), full, List.of(first));

    assertThat(holding(explanation))
        .containsExactly(RuleName.TENANT_LIMIT, RuleName.COHORT_LIMIT, RuleName.QUEUE);
    assertThat(explanation.summary()).contains("all 2 slots of the tenant are in use");
    assertThat(explanation.rules())
        .filteredOn(rule -> rule.rule() == RuleName.QUEUE)
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.detail()).contains("it is number 2, with priority 5");
          assertThat(rule.jobs()).containsExactly("first");
        });
  }

  @Test
  void aJobThatNothingHoldsUpIsAboutToBeAdmitted() {
    Explanation explanation =
        explain(
            waiting(WaitingReason.TENANT_LIMIT),
            tenant(false, 1, 2, TenantLimits.UNLIMITED, 1),
            List.of());

    assertThat(explanation.summary()).contains("about to be admitted");
    assertThat(explanation.actions()).isEmpty();
  }

  @Test
  void aDependencyIsNamedWithItsPhase() {
    JobStatus job =
        waiting(WaitingReason.DEPENDENCY)
            .withWaiting(
                new WaitingStatus(
                    WaitingReason.DEPENDENCY, null, NOW.plusSeconds(90), List.of("a", "b")));

    Explanation explanation =
        Explainer.explain(
            new JobFacts(
                job,
                tenant(false, 0, 1, 1, 0),
                List.of(),
                List.of(),
                List.of(),
                Map.of("a", JobPhase.RUNNING),
                null),
            NOW);

    assertThat(explanation.summary()).contains("a (RUNNING), b (unknown)").contains("1m 30s");
  }

  @Test
  void aBackoffSaysWhichAttemptFailedAndWhy() {
    JobStatus job =
        waiting(WaitingReason.BACKOFF)
            .withAttempt(1)
            .withAttempts(List.of(AttemptStatus.of(1, null, Timeline.received(NOW), failure())))
            .withWaiting(WaitingStatus.until(WaitingReason.BACKOFF, NOW.plusSeconds(30)));

    Explanation explanation = explain(job, tenant(false, 0, 1, 1, 0), List.of());

    assertThat(explanation.summary()).contains("attempt 1 failed").contains("in 30s");
    assertThat(explanation.cause()).extracting(Explanation.Cause::reason).isEqualTo("OOMKilled");
  }

  @Test
  void aFailedJobSaysTheCauseTheEvidenceAndWhatToDo() {
    JobStatus job =
        waiting(WaitingReason.TENANT_LIMIT)
            .withWaiting(null)
            .withPhase(JobPhase.FAILED)
            .withOutcome(Outcome.FAILED)
            .withAttempt(2)
            .withFailure(failure());

    Explanation explanation = explain(job, null, List.of());

    assertThat(explanation.summary()).isEqualTo("The job failed on attempt 2: OOMKilled.");
    assertThat(explanation.cause())
        .extracting(Explanation.Cause::evidence)
        .isEqualTo("the end of the log");
    assertThat(explanation.actions()).first().asString().contains("memory");
    assertThat(explanation.actions()).last().asString().contains("run it again");
    assertThat(explanation.rules()).isEmpty();
  }

  @Test
  void aClusterThatDoesNotAnswerHoldsUpADriver() {
    JobStatus job =
        waiting(WaitingReason.TENANT_LIMIT).withWaiting(null).withPhase(JobPhase.ADMITTED);

    Explanation explanation =
        Explainer.explain(
            new JobFacts(
                job, null, List.of(), List.of(), List.of(), Map.of(), NOW.minusSeconds(120)),
            NOW);

    assertThat(holding(explanation)).contains(RuleName.CLUSTER);
    assertThat(explanation.rules().getFirst().detail()).contains("for 2m 0s");
  }

  private static Explanation explain(
      JobStatus job, @Nullable TenantView tenant, List<JobSummary> ahead) {
    return Explainer.explain(
        new JobFacts(
            job,
            tenant,
            tenant == null ? List.of() : List.of(tenant),
            ahead,
            List.of(),
            Map.of(),
            null),
        NOW);
  }

  private static List<RuleName> holding(Explanation explanation) {
    return explanation.rules().stream().filter(Rule::holding).map(Rule::rule).toList();
  }

  private static Failure failure() {
    return new Failure(
        FailureCategory.OUT_OF_MEMORY, true, 137, "OOMKilled", "too much", "the end of the log");
  }

  private static TenantView tenant(
      boolean suspended, int running, int max, int cohortMax, int cohortRunning) {
    return new TenantView(
        "acme",
        true,
        suspended,
        running,
        max,
        1,
        1,
        1000,
        1,
        new TenantView.Cohort("acme", cohortRunning, cohortMax),
        NOW);
  }

  private static JobStatus waiting(WaitingReason reason) {
    return JobStatusBuilder.builder()
        .tenant("acme")
        .jobId("job")
        .generation(1)
        .cohort("acme")
        .phase(JobPhase.WAITING)
        .waiting(new WaitingStatus(reason, 1L, null, List.of()))
        .priority(5)
        .timeline(Timeline.received(NOW.minusSeconds(60)))
        .links(Links.NONE)
        .sequence(2)
        .updatedAt(NOW.minusSeconds(60))
        .labels(Map.of())
        .dependsOn(List.of())
        .attempts(List.of())
        .build();
  }
}
