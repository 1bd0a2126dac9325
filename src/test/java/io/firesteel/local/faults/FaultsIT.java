package io.firesteel.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firesteel.driver.DriverNames;
import io.firesteel.job.JobKey;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.faults.Outcomes.Result;
import io.firesteel.local.judge.DriverRun;
import io.firesteel.local.judge.DriverRuns;
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
 * A worker whose Kubernetes API is behind bad weather: nothing is lost, nothing runs twice, no
 * verdict is wrong. Judged by the API's own audit log and the result topic. The two minutes for
 * which the API can be away take {@code -Dfaults.away=PT2M}; without it they are a few seconds.
 */
final class FaultsIT {

  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(90);
  private static final Duration STORM = Duration.ofSeconds(3);
  private static final Duration AWAY = Duration.parse(System.getProperty("faults.away", "PT5S"));
  private static final int JOBS = 20;
  private static final int LIMIT = 8;

  private static Stage stage;
  private static FaultyApi api;
  private static Outcomes outcomes;

  /** What a job should come to. */
  private record Planned(String tenant, String id, int exitCode) {

    String key() {
      return tenant + "/" + id;
    }

    /** Its short name, as its pods have it. */
    String hash() {
      return DriverNames.jobHash(new JobKey(tenant, id));
    }
  }

  @BeforeAll
  static void startBehindAProxy() throws IOException, InterruptedException {
    stage = Stage.withTenants("faults", LIMIT, "acme", "globex");
    api = FaultyApi.inFrontOf(stage.laptop().kubernetesApi().port());
    LaptopOptions options = stage.laptop().options();
    Path kubeconfig = options.data().resolve("kubeconfig-proxy");
    api.writeKubeconfig(options.kubeconfig(), kubeconfig);
    stage.startWorker(Map.of("KUBECONFIG", kubeconfig.toString()));
    outcomes = stage.outcomes();
  }

  @AfterAll
  static void stop() {
    api.close();
    stage.close();
  }

  @Test
  void bearsASlowApi() {
    weather("slow", Weather.FINE.withLatency(Duration.ofMillis(300)), STORM);
  }

  @Test
  void bearsWatchesThatBreakAgainAndAgain() {
    List<Planned> jobs = publish("drops");
    for (int i = 0; i < 6; i++) {
      elapse(Duration.ofMillis(500));
      api.dropWatches();
    }
    judge("drops", jobs);
  }

  @Test
  void bearsAStormOfThrottling() {
    weather("throttle", Weather.FINE.withRefusals(429, 80, Duration.ofSeconds(1)), STORM);
  }

  @Test
  void bearsAnApiThatFails() {
    weather("errors", Weather.FINE.withRefusals(500, 60, null), STORM);
  }

  @Test
  void bearsWatchesThatAreTooFarBehind() {
    api.become(Weather.FINE.withExpiredWatches());
    api.dropWatches();
    List<Planned> jobs = publish("expired");
    elapse(STORM);
    api.become(Weather.FINE);
    judge("expired", jobs);
  }

  @Test
  void bearsAnApiThatIsAway() {
    List<Planned> jobs = publish("away");
    elapse(Duration.ofMillis(700));
    api.become(Weather.FINE.withApiAway());
    api.dropWatches();
    elapse(AWAY);
    api.become(Weather.FINE);
    judge("away", jobs);
  }

  @Test
  void bearsAnswersThatGetLost() {
    weather("lost", Weather.FINE.withLostAnswers(50), STORM);
  }

  private static void weather(String name, Weather storm, Duration lasts) {
    api.become(storm);
    List<Planned> jobs = publish(name);
    elapse(lasts);
    api.become(Weather.FINE);
    judge(name, jobs);
  }

  /** Every fifth fails. */
  private static List<Planned> publish(String name) {
    List<Planned> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      Planned job = new Planned(i % 2 == 0 ? "acme" : "globex", name + "-" + i, i % 5 == 4 ? 3 : 0);
      stage
          .requests()
          .publish(job.tenant(), job.id(), PretendJobs.plan(200 + 100L * i, job.exitCode()));
      jobs.add(job);
    }
    stage.requests().flush();
    return jobs;
  }

  private static void elapse(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await().atMost(time.plusSeconds(5)).until(() -> System.nanoTime() >= end);
  }

  private static void judge(String name, List<Planned> jobs) {
    long began = System.nanoTime();
    await()
        .atMost(SETTLES_WITHIN)
        .untilAsserted(() -> {
          outcomes.poll();
          assertThat(outcomes.byJob().keySet()).containsAll(keys(jobs));
        });
    long settled = Duration.ofNanos(System.nanoTime() - began).toMillis();
    DriverRuns runs = DriverRuns.read(stage.laptop().options().auditLog());
    assertThat(runs.createdTwice()).isEmpty();
    assertThat(runs.mostAtOnce("acme")).isLessThanOrEqualTo(LIMIT);
    assertThat(runs.mostAtOnce("globex")).isLessThanOrEqualTo(LIMIT);
    jobs.forEach(job -> judge(job, runs));
    System.out.printf(
        "%-9s %d jobs, 1 pod and 1 right result each, %d ms after the weather; requests so far %s%n",
        name, jobs.size(), settled, api.fates());
  }

  private static List<String> keys(List<Planned> jobs) {
    return jobs.stream().map(Planned::key).toList();
  }

  private static void judge(Planned job, DriverRuns runs) {
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
