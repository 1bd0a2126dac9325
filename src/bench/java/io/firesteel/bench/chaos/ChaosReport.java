package io.firesteel.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.e2e.PublishedEvents;
import io.firesteel.local.verify.ConcurrencyLimit;
import io.firesteel.local.verify.DriverRun;
import io.firesteel.local.verify.DriverRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The outcome of the jobs, from the audit log and the topics.
 *
 * @param latePods how many pods came late and never started, see {@link DriverRuns}
 */
record ChaosReport(int jobs, int latePods, List<Violation> violations) {

  /** What can be wrong. */
  enum ViolationKind {
    /** A job without a result, or whose result or drivers are not what its pods lived. */
    LOST,
    /** A pod created twice, a driver too many, or two drivers of a job at once. */
    DUPLICATED,
    /** A moment at which a tenant or a cohort had more drivers than it may. */
    OVER_LIMIT,
    /** A job without exactly one result. */
    NOT_EXACTLY_ONE_RESULT,
    /** A job whose events have a gap, a repetition or another order. */
    BROKEN_SEQUENCE,
    /** A driver that nobody stopped. */
    LEFT_RUNNING
  }

  record Violation(ViolationKind kind, String message) {}

  ChaosReport {
    violations = List.copyOf(violations);
  }

  static ChaosReport of(
      List<ChaosJob> jobs,
      List<ConcurrencyLimit> limits,
      DriverRuns drivers,
      PublishedEvents publishedEvents) {
    List<Violation> findings = new ArrayList<>();
    Map<String, List<DriverRun>> byJob = drivers.byJob();
    for (ChaosJob job : jobs) {
      int runs = byJob.getOrDefault(DriverNames.jobHash(job.key()), List.of()).size();
      check(findings, job, runs, publishedEvents);
    }
    drivers
        .podsCreatedTwice()
        .forEach(pod -> add(findings, ViolationKind.DUPLICATED, pod + " created twice"));
    drivers
        .jobsWithConcurrentDrivers()
        .forEach(job -> add(findings, ViolationKind.DUPLICATED, job + " twice at once"));
    drivers
        .live()
        .forEach(run -> add(findings, ViolationKind.LEFT_RUNNING, run + " is left running"));
    for (ConcurrencyLimit concurrencyLimit : limits) {
      drivers
          .exceeding(concurrencyLimit)
          .forEach(run ->
              add(
                  findings,
                  ViolationKind.OVER_LIMIT,
                  "%s: %s is one too many".formatted(concurrencyLimit, run)));
    }
    return new ChaosReport(jobs.size(), drivers.late().size(), findings);
  }

  private static void check(
      List<Violation> findings, ChaosJob job, int runs, PublishedEvents publishedEvents) {
    String key = job.key().toString();
    List<JsonNode> results = publishedEvents.resultsOf(key);
    if (!results.stream().allMatch(job::allows) || results.isEmpty() || job.tooFew(runs)) {
      add(findings, ViolationKind.LOST, "%s: %s drivers, %s".formatted(job, runs, results));
    }
    if (job.tooMany(runs)) {
      add(findings, ViolationKind.DUPLICATED, "%s: %s drivers".formatted(job, runs));
    }
    if (results.size() != 1) {
      add(findings, ViolationKind.NOT_EXACTLY_ONE_RESULT, "%s: %s".formatted(key, results));
    }
    List<Long> sequence = publishedEvents.sequenceNumbers(key);
    if (!sequence.equals(LongStream.rangeClosed(1, sequence.size()).boxed().toList())) {
      add(findings, ViolationKind.BROKEN_SEQUENCE, "%s: %s".formatted(key, sequence));
    }
  }

  private static void add(List<Violation> findings, ViolationKind violationKind, String words) {
    findings.add(new Violation(violationKind, words));
  }

  long count(ViolationKind violationKind) {
    return violations.stream().filter(violation -> violation.kind() == violationKind).count();
  }

  /** The line that the benchmark ends with. */
  String summary(int kills) {
    return "chaos: %d kills, %d jobs, %d lost, %d doubled, %d over limit, %d without exactly one result"
        .formatted(
            kills,
            jobs,
            count(ViolationKind.LOST),
            count(ViolationKind.DUPLICATED),
            count(ViolationKind.OVER_LIMIT),
            count(ViolationKind.NOT_EXACTLY_ONE_RESULT));
  }
}
