package io.firesteel.rest.explain;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.job.Dependency;
import io.firesteel.job.TenantLimits;
import io.firesteel.rest.explain.Explanation.Rule;
import io.firesteel.rest.explain.Explanation.RuleName;
import io.firesteel.status.JobSummary;
import io.firesteel.status.TenantView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every rule that could hold up a job that waits, in the order in which they matter. Pure. */
final class WaitRules {

  private static final int MAX_SHOWN = 20;

  private WaitRules() {}

  static List<Rule> of(JobFacts facts, Instant now) {
    List<Rule> rules = new ArrayList<>();
    WaitingStatus waiting = facts.job().waiting();
    TenantView tenant = facts.tenant();
    rules.add(defined(facts, tenant));
    rules.add(suspension(facts, tenant));
    rules.add(dependencies(facts, waiting, now));
    rules.add(time(RuleName.NOT_BEFORE, WaitingReason.NOT_BEFORE, waiting, now, facts.job()));
    rules.add(time(RuleName.BACKOFF, WaitingReason.BACKOFF, waiting, now, facts.job()));
    if (tenant != null) {
      rules.add(tenantLimit(facts, tenant));
      rules.add(cohortLimit(facts, tenant));
    }
    rules.add(queue(facts));
    rules.add(cluster(facts, now));
    return rules;
  }

  private static Rule defined(JobFacts facts, @Nullable TenantView tenant) {
    boolean missing = tenant == null || !tenant.defined();
    return new Rule(
        RuleName.TENANT_DEFINED,
        missing,
        missing
            ? "the tenant %s is not defined.".formatted(facts.job().tenant())
            : "The tenant is defined.",
        List.of());
  }

  private static Rule suspension(JobFacts facts, @Nullable TenantView tenant) {
    boolean suspended = tenant != null && tenant.suspended();
    return new Rule(
        RuleName.SUSPENSION,
        suspended,
        suspended
            ? "the tenant %s is suspended, so none of its jobs is admitted."
                .formatted(facts.job().tenant())
            : "The tenant is not suspended.",
        List.of());
  }

  private static Rule dependencies(JobFacts facts, @Nullable WaitingStatus waiting, Instant now) {
    if (waiting == null || waiting.reason() != WaitingReason.DEPENDENCY) {
      String detail =
          facts.job().dependsOn().isEmpty()
              ? "The job depends on no other job."
              : "The jobs on which it depends have ended as required.";
      return new Rule(
          RuleName.DEPENDENCY,
          false,
          detail,
          facts.job().dependsOn().stream().map(Dependency::jobId).toList());
    }
    String pending =
        waiting.jobs().stream()
            .limit(MAX_SHOWN)
            .map(id -> id + " (" + phase(facts.dependencies().get(id)) + ")")
            .collect(Collectors.joining(", "));
    String until =
        waiting.until() == null
            ? ""
            : "; unknown ones may come for another " + Explainer.since(now, waiting.until());
    return new Rule(
        RuleName.DEPENDENCY,
        true,
        "it depends on jobs that have not ended: " + pending + until + ".",
        waiting.jobs());
  }

  private static String phase(@Nullable JobPhase phase) {
    return phase == null ? "unknown" : phase.name();
  }

  private static Rule time(
      RuleName rule,
      WaitingReason reason,
      @Nullable WaitingStatus waiting,
      Instant now,
      JobStatus job) {
    boolean holding = waiting != null && waiting.reason() == reason;
    Instant until = waiting == null ? null : waiting.until();
    String when =
        until == null ? "a time" : "%s, in %s".formatted(until, Explainer.since(now, until));
    String detail =
        rule == RuleName.BACKOFF
            ? holding
                ? "attempt %d failed, and the next one starts after its backoff, at %s."
                    .formatted(job.attempt(), when)
                : "The job is not in a backoff after a failed attempt."
            : holding
                ? "it was asked to start no earlier than %s.".formatted(when)
                : "The job may start at any time.";
    return new Rule(rule, holding, detail, List.of());
  }

  private static Rule tenantLimit(JobFacts facts, TenantView tenant) {
    boolean full = tenant.running() >= tenant.maxConcurrency();
    return new Rule(
        RuleName.TENANT_LIMIT,
        full && queued(facts),
        full
            ? "all %d slots of the tenant are in use.".formatted(tenant.maxConcurrency())
            : "The tenant uses %d of its %d slots."
                .formatted(tenant.running(), tenant.maxConcurrency()),
        facts.active().stream()
            .sorted(Comparator.comparing(JobSummary::submittedAt))
            .limit(MAX_SHOWN)
            .map(JobSummary::jobId)
            .toList());
  }

  private static Rule cohortLimit(JobFacts facts, TenantView tenant) {
    TenantView.Cohort cohort = tenant.cohort();
    if (cohort.maxConcurrency() == TenantLimits.UNLIMITED) {
      return new Rule(
          RuleName.COHORT_LIMIT, false, "The cohort has no limit of its own.", List.of());
    }
    boolean full = cohort.running() >= cohort.maxConcurrency();
    String users =
        facts.cohort().stream()
            .filter(other -> other.running() > 0)
            .sorted(Comparator.comparing(TenantView::running).reversed())
            .limit(MAX_SHOWN)
            .map(other -> other.tenant() + " " + other.running())
            .collect(Collectors.joining(", "));
    return new Rule(
        RuleName.COHORT_LIMIT,
        full && queued(facts),
        full
            ? "all %d slots of the cohort %s are in use (%s)."
                .formatted(cohort.maxConcurrency(), cohort.name(), users)
            : "The cohort %s uses %d of its %d slots."
                .formatted(cohort.name(), cohort.running(), cohort.maxConcurrency()),
        List.of());
  }

  private static Rule queue(JobFacts facts) {
    if (!queued(facts)) {
      return new Rule(RuleName.QUEUE, false, "The job is not in the queue yet.", List.of());
    }
    int ahead = facts.ahead().size();
    return new Rule(
        RuleName.QUEUE,
        ahead > 0,
        ahead > 0
            ? "%s first in the queue; it is number %d, with priority %d."
                .formatted(
                    ahead == 1 ? "one job goes" : ahead + " jobs go",
                    ahead + 1,
                    facts.job().priority())
            : "The job is the first in the queue.",
        facts.ahead().stream().limit(MAX_SHOWN).map(JobSummary::jobId).toList());
  }

  /** Whether the job's cluster answers. */
  static Rule cluster(JobFacts facts, Instant now) {
    String name = facts.job().cluster() == null ? "default" : facts.job().cluster();
    Instant since = facts.unreachableSince();
    return new Rule(
        RuleName.CLUSTER,
        since != null,
        since == null
            ? "The cluster %s has answered, or this replica does not call it.".formatted(name)
            : "the cluster %s has not answered for %s."
                .formatted(name, Explainer.since(since, now)),
        List.of());
  }

  private static boolean queued(JobFacts facts) {
    return JobSummary.of(facts.job()).queued();
  }
}
