package io.firesteel.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firesteel.driver.submit.DriverNames;
import io.firesteel.job.JobKey;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.client.PublishedResults;
import io.firesteel.local.client.PublishedResults.Result;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.verify.DriverRun;
import io.firesteel.local.verify.DriverRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A worker behind an API server with faults: nothing is lost, nothing runs twice, and every result
 * is correct, by the audit log and the result topic. {@code -Dfaults.away=PT2M} sets how long the
 * API server is unreachable; the default is a few seconds.
 */
final class ApiFaultsIT {

  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(90);
  private static final Duration FAULT_DURATION = Duration.ofSeconds(3);
  private static final Duration OUTAGE_DURATION =
      Duration.parse(System.getProperty("faults.away", "PT5S"));
  private static final int JOBS = 20;
  private static final int LIMIT = 8;

  private static LaptopFixture stage;
  private static FaultInjectionProxy api;
  private static PublishedResults outcomes;

  /** The expected result of a job. */
  private record Planned(String tenant, String id, int exitCode) {

    String key() {
      return tenant + "/" + id;
    }

    /** The short name of the job in pod labels. */
    String hash() {
      return DriverNames.jobHash(new JobKey(tenant, id));
    }
  }

  @BeforeAll
  static void startBehindAProxy() throws IOException, InterruptedException {
    stage = LaptopFixture.withTenants("faults", LIMIT, "acme", "globex");
    api = FaultInjectionProxy.inFrontOf(stage.laptop().kubernetesApi().port());
    LaptopOptions options = stage.laptop().options();
    Path kubeconfig = options.data().resolve("kubeconfig-proxy");
    api.writeKubeconfig(options.kubeconfig(), kubeconfig);
    stage.startWorker(Map.of("KUBECONFIG", kubeconfig.toString()));
    outcomes = stage.publishedResults();
  }

  @AfterAll
  static void stop() {
    api.close();
    stage.close();
  }

  @Test
  void survivesASlowApi() {
    runUnder("slow", InjectedFaults.NONE.withLatency(Duration.ofMillis(300)), FAULT_DURATION);
  }

  @Test
  void survivesBrokenWatches() {
    List<Planned> jobs = publish("drops");
    for (int i = 0; i < 6; i++) {
      waitFor(Duration.ofMillis(500));
      api.dropWatches();
    }
    verify("drops", jobs);
  }

  @Test
  void survivesThrottling() {
    runUnder(
        "throttle", InjectedFaults.NONE.withErrors(429, 80, Duration.ofSeconds(1)), FAULT_DURATION);
  }

  @Test
  void survivesApiErrors() {
    runUnder("errors", InjectedFaults.NONE.withErrors(500, 60, null), FAULT_DURATION);
  }

  @Test
  void survivesExpiredWatches() {
    api.inject(InjectedFaults.NONE.withExpiredWatches());
    api.dropWatches();
    List<Planned> jobs = publish("expired");
    waitFor(FAULT_DURATION);
    api.inject(InjectedFaults.NONE);
    verify("expired", jobs);
  }

  @Test
  void survivesAnUnreachableApi() {
    List<Planned> jobs = publish("away");
    waitFor(Duration.ofMillis(700));
    api.inject(InjectedFaults.NONE.withApiUnreachable());
    api.dropWatches();
    waitFor(OUTAGE_DURATION);
    api.inject(InjectedFaults.NONE);
    verify("away", jobs);
  }

  @Test
  void survivesLostResponses() {
    runUnder("lost", InjectedFaults.NONE.withLostResponses(50), FAULT_DURATION);
  }

  private static void runUnder(String name, InjectedFaults storm, Duration lasts) {
    api.inject(storm);
    List<Planned> jobs = publish(name);
    waitFor(lasts);
    api.inject(InjectedFaults.NONE);
    verify(name, jobs);
  }

  /** Every fifth job fails. */
  private static List<Planned> publish(String name) {
    List<Planned> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      Planned job = new Planned(i % 2 == 0 ? "acme" : "globex", name + "-" + i, i % 5 == 4 ? 3 : 0);
      stage
          .requests()
          .publish(
              job.tenant(), job.id(), SimulatedJobPublisher.plan(200 + 100L * i, job.exitCode()));
      jobs.add(job);
    }
    stage.requests().flush();
    return jobs;
  }

  private static void waitFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await().atMost(time.plusSeconds(5)).until(() -> System.nanoTime() >= end);
  }

  private static void verify(String name, List<Planned> jobs) {
    long began = System.nanoTime();
    await()
        .atMost(SETTLES_WITHIN)
        .untilAsserted(() -> {
          outcomes.poll();
          assertThat(outcomes.byJob().keySet()).containsAll(keys(jobs));
        });
    long settled = Duration.ofNanos(System.nanoTime() - began).toMillis();
    DriverRuns runs = DriverRuns.read(stage.laptop().options().auditLog());
    assertThat(runs.podsCreatedTwice()).isEmpty();
    assertThat(runs.maxConcurrent("acme")).isLessThanOrEqualTo(LIMIT);
    assertThat(runs.maxConcurrent("globex")).isLessThanOrEqualTo(LIMIT);
    jobs.forEach(job -> verify(job, runs));
    System.out.printf(
        "%-9s %d jobs, 1 pod and 1 right result each, %d ms after the weather; requests so far %s%n",
        name, jobs.size(), settled, api.outcomes());
  }

  private static List<String> keys(List<Planned> jobs) {
    return jobs.stream().map(Planned::key).toList();
  }

  private static void verify(Planned job, DriverRuns runs) {
    assertThat(runs.runs()).filteredOn(run -> run.job().equals(job.hash())).hasSize(1);
    List<Result> results = outcomes.byJob().getOrDefault(job.key(), List.of());
    assertThat(results).as(job.key()).hasSize(1);
    Result result = results.getFirst();
    assertThat(result.outcome())
        .as(job.key())
        .isEqualTo(job.exitCode() == 0 ? "SUCCEEDED" : "FAILED");
    if (job.exitCode() != 0) {
      assertThat(result.failure().path("exitCode").asInt()).isEqualTo(job.exitCode());
      assertThat(result.failure().path("category").asText()).isEqualTo("APPLICATION");
    }
    assertThat(runs.runs())
        .filteredOn(run -> run.job().equals(job.hash()))
        .extracting(DriverRun::phase)
        .containsExactly(job.exitCode() == 0 ? "Succeeded" : "Failed");
  }
}
