package io.firesteel.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.bench.chaos.FaultSchedule.Fault;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.e2e.PublishedEvents;
import io.firesteel.local.verify.ConcurrencyLimit;
import io.firesteel.local.verify.DriverRun;
import io.firesteel.local.verify.DriverRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The outcome of the jobs, from the audit log and the topics.
 *
 * @param latePods how many pods came late and never started, see {@link DriverRuns}
 */
record ChaosReport(int jobs, int latePods, List<Violation> violations) {

  /** Of tenants that are not defined, and of invalid requests. */
  private static final Set<String> EXPECTED_LETTERS = Set.of("TENANT_UNKNOWN: ", "SPEC_INVALID: ");

  /** What can be wrong. */
  enum ViolationKind {
    /** A job without a result, or whose result or drivers are not what its pods lived. */
    LOST,
    /** A pod created twice, a driver too many, or two drivers of a job at once. */
    DUPLICATED,
    /** A moment at which a tenant or a cohort had more drivers than it may. */
    OVER_LIMIT,
    /** A job without exactly one result, besides one for each request that was refused. */
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

  /** The verdict on tenants whose limits do not change. */
  static ChaosReport of(
      List<ChaosJob> jobs,
      List<ConcurrencyLimit> limits,
      DriverRuns drivers,
      PublishedEvents publishedEvents) {
    List<String> overLimits = new ArrayList<>();
    for (ConcurrencyLimit limit : limits) {
      drivers
          .exceeding(limit)
          .forEach(run -> overLimits.add("%s: %s is one too many".formatted(limit, run)));
    }
    return of(jobs, drivers, publishedEvents, List.of(), overLimits);
  }

  /** The verdict on tenants whose limits change. */
  static ChaosReport of(
      List<ChaosJob> jobs,
      LimitHistory limits,
      DriverRuns drivers,
      PublishedEvents publishedEvents) {
    SlotCheck slots = SlotCheck.of(jobs, limits, drivers, publishedEvents);
    return of(jobs, drivers, publishedEvents, slots.unadmitted(), slots.overLimits());
  }

  private static ChaosReport of(
      List<ChaosJob> jobs,
      DriverRuns drivers,
      PublishedEvents publishedEvents,
      List<String> unadmitted,
      List<String> overLimits) {
    List<Violation> findings = new ArrayList<>();
    Map<String, List<DriverRun>> byJob = drivers.byJob();
    Map<String, Integer> returned = ReturnedMessages.of(publishedEvents).requests();
    for (ChaosJob job : jobs) {
      int runs = byJob.getOrDefault(DriverNames.jobHash(job.key()), List.of()).size();
      check(findings, job, runs, returned.getOrDefault(job.key().toString(), 0), publishedEvents);
    }
    publishedEvents.deadLetters().stream()
        .filter(letter -> EXPECTED_LETTERS.stream().noneMatch(letter::startsWith))
        .forEach(letter -> add(findings, ViolationKind.LOST, "a dead letter, " + letter));
    drivers
        .podsCreatedTwice()
        .forEach(pod -> add(findings, ViolationKind.DUPLICATED, pod + " created twice"));
    drivers
        .jobsWithConcurrentDrivers()
        .forEach(job -> add(findings, ViolationKind.DUPLICATED, job + " twice at once"));
    unadmitted.forEach(words -> add(findings, ViolationKind.DUPLICATED, words));
    drivers
        .live()
        .forEach(run -> add(findings, ViolationKind.LEFT_RUNNING, run + " is left running"));
    overLimits.forEach(words -> add(findings, ViolationKind.OVER_LIMIT, words));
    return new ChaosReport(jobs.size(), drivers.late().size(), findings);
  }

  private static void check(
      List<Violation> findings,
      ChaosJob job,
      int runs,
      int returned,
      PublishedEvents publishedEvents) {
    String key = job.key().toString();
    List<JsonNode> results = publishedEvents.resultsOf(key);
    List<JsonNode> ends = results.stream().filter(result -> !refused(result)).toList();
    if (!ends.stream().allMatch(job::allows) || ends.isEmpty() || job.tooFew(runs)) {
      add(findings, ViolationKind.LOST, "%s: %s drivers, %s".formatted(job, runs, results));
    }
    if (job.tooMany(runs)) {
      add(findings, ViolationKind.DUPLICATED, "%s: %s drivers".formatted(job, runs));
    }
    int refusals = results.size() - ends.size();
    if (ends.size() != 1 || refusals > returned) {
      add(findings, ViolationKind.NOT_EXACTLY_ONE_RESULT, "%s: %s".formatted(key, results));
    }
    publishedEvents.eventsOf(key).stream()
        .collect(
            Collectors.groupingBy(
                SlotCheck::generation,
                Collectors.mapping(ChaosReport::sequence, Collectors.toList())))
        .values()
        .stream()
        .filter(
            numbers -> !numbers.equals(LongStream.rangeClosed(1, numbers.size()).boxed().toList()))
        .forEach(numbers ->
            add(findings, ViolationKind.BROKEN_SEQUENCE, "%s: %s".formatted(key, numbers)));
  }

  private static boolean refused(JsonNode result) {
    return result.path("outcome").asText().equals("REFUSED");
  }

  private static long sequence(JsonNode event) {
    return Long.parseLong(event.path("sequence").asText());
  }

  private static void add(List<Violation> findings, ViolationKind violationKind, String words) {
    findings.add(new Violation(violationKind, words));
  }

  long count(ViolationKind violationKind) {
    return violations.stream().filter(violation -> violation.kind() == violationKind).count();
  }

  /** The line that the benchmark ends with. */
  String summary(FaultSchedule schedule) {
    return "chaos: %d kill -9, %d freezes, %d stops, %d broker restarts, %d definition changes, %d jobs, %d lost, %d doubled, %d over limit, %d without exactly one result"
        .formatted(
            schedule.count(Fault.KILL),
            schedule.count(Fault.FREEZE),
            schedule.count(Fault.STOP),
            schedule.count(Fault.BROKER_RESTART),
            schedule.count(Fault.DEFINITION_CHANGE),
            jobs,
            count(ViolationKind.LOST),
            count(ViolationKind.DUPLICATED),
            count(ViolationKind.OVER_LIMIT),
            count(ViolationKind.NOT_EXACTLY_ONE_RESULT));
  }
}
