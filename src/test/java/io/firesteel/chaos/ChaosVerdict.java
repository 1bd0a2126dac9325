package io.firesteel.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.DriverNames;
import io.firesteel.e2e.Heard;
import io.firesteel.local.judge.DriverRun;
import io.firesteel.local.judge.DriverRuns;
import io.firesteel.local.judge.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What came of the jobs, told by the audit log and the topics.
 *
 * @param late how many pods came late and never started, see {@link DriverRuns}
 */
record ChaosVerdict(int jobs, int late, List<Finding> findings) {

  /** What can be wrong. */
  enum Wrong {
    /** A job without a result, or whose result or drivers are not what its pods lived. */
    LOST,
    /** A pod created twice, a driver too many, or two drivers of a job at once. */
    DOUBLED,
    /** A moment at which a tenant or a cohort had more drivers than it may. */
    OVER_LIMIT,
    /** A job without exactly one result. */
    NOT_ONCE,
    /** A job whose events have a gap, a repetition or another order. */
    BROKEN_SEQUENCE,
    /** A driver that nobody stopped. */
    LEFT_RUNNING
  }

  record Finding(Wrong wrong, String words) {}

  ChaosVerdict {
    findings = List.copyOf(findings);
  }

  static ChaosVerdict of(List<ChaosJob> jobs, List<Limit> limits, DriverRuns drivers, Heard heard) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<DriverRun>> byJob = drivers.byJob();
    for (ChaosJob job : jobs) {
      int runs = byJob.getOrDefault(DriverNames.jobHash(job.key()), List.of()).size();
      judge(findings, job, runs, heard);
    }
    drivers.createdTwice().forEach(pod -> find(findings, Wrong.DOUBLED, pod + " created twice"));
    drivers.twoAtOnce().forEach(job -> find(findings, Wrong.DOUBLED, job + " twice at once"));
    drivers.live().forEach(run -> find(findings, Wrong.LEFT_RUNNING, run + " is left running"));
    for (Limit limit : limits) {
      drivers
          .over(limit)
          .forEach(run ->
              find(findings, Wrong.OVER_LIMIT, "%s: %s is one too many".formatted(limit, run)));
    }
    return new ChaosVerdict(jobs.size(), drivers.late().size(), findings);
  }

  private static void judge(List<Finding> findings, ChaosJob job, int runs, Heard heard) {
    String key = job.key().toString();
    List<JsonNode> results = heard.resultsOf(key);
    if (!results.stream().allMatch(job::explains) || results.isEmpty() || job.tooFew(runs)) {
      find(findings, Wrong.LOST, "%s: %s drivers, %s".formatted(job, runs, results));
    }
    if (job.tooMany(runs)) {
      find(findings, Wrong.DOUBLED, "%s: %s drivers".formatted(job, runs));
    }
    if (results.size() != 1) {
      find(findings, Wrong.NOT_ONCE, "%s: %s".formatted(key, results));
    }
    List<Long> sequence = heard.sequence(key);
    if (!sequence.equals(LongStream.rangeClosed(1, sequence.size()).boxed().toList())) {
      find(findings, Wrong.BROKEN_SEQUENCE, "%s: %s".formatted(key, sequence));
    }
  }

  private static void find(List<Finding> findings, Wrong wrong, String words) {
    findings.add(new Finding(wrong, words));
  }

  long count(Wrong wrong) {
    return findings.stream().filter(finding -> finding.wrong() == wrong).count();
  }

  /** The line that the benchmark ends with. */
  String line(int kills) {
    return "chaos: %d kills, %d jobs, %d lost, %d doubled, %d over limit, %d without exactly one result"
        .formatted(
            kills,
            jobs,
            count(Wrong.LOST),
            count(Wrong.DOUBLED),
            count(Wrong.OVER_LIMIT),
            count(Wrong.NOT_ONCE));
  }
}
