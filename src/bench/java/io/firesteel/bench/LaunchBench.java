package io.firesteel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How fast requests become drivers, beside a bare client of the same API and beside spark-submit.
 * Everything runs on this machine and shares its cores; pods are simulated. The last line is for
 * comparison.
 */
public final class LaunchBench {

  private static final String NAMESPACE = "bench-jobs";
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final int PER_SECOND = 20;
  private static final Duration SETTLE_TIME = Duration.ofSeconds(3);
  private static final int ROUNDS = 4;

  /** How much is done. */
  private record Sizes(int jobs, int live, int submits, Duration steady) {

    static Sizes read() {
      return new Sizes(
          Integer.getInteger("launch.jobs", 4000),
          Integer.getInteger("launch.live", 10_000),
          Integer.getInteger("launch.submits", 4),
          Duration.parse(System.getProperty("launch.steady", "PT30S")));
    }
  }

  private LaunchBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = LaptopOptions.checkoutHome();
    Path data =
        Files.createTempDirectory(Files.createDirectories(home.resolve("target")), "launch");
    Path definitions = Files.createDirectories(data.resolve("definitions"));
    Files.writeString(
        definitions.resolve("bench.yaml"),
        """
        apiVersion: firesteel.io/v1alpha1
        kind: Tenant
        metadata: {name: bench}
        spec: {namespace: bench-jobs, serviceAccount: spark, maxConcurrency: 100000, maxQueued: 100000}
        """);
    LaptopOptions options =
        LaptopOptions.onFreePorts(home, data).withDefinitions(definitions, List.of(NAMESPACE));
    String last;
    try (Laptop laptop = Laptop.start(options)) {
      last = run(laptop, home, Sizes.read());
    }
    System.out.println(last);
    System.exit(0);
  }

  private static String run(Laptop laptop, Path home, Sizes sizes)
      throws IOException, InterruptedException {
    String api = laptop.kubernetesApi().url();
    Path log = laptop.options().data().resolve("spark-submit.log");
    double submit =
        new SparkSubmitRunner(home.resolve("target/spark-4.1.1"), api, NAMESPACE, log)
            .jobsPerSecond(sizes.submits());
    System.out.printf("spark-submit: %.2f jobs/s with two concurrent processes%n", submit);
    WorkerProcess worker = laptop.startWorker("bench", 0, options());
    worker.awaitReady(Duration.ofMinutes(2));
    ProcessStats meter = new ProcessStats(worker.pid());
    try (BaselineClient bare = new BaselineClient(api, NAMESPACE);
        LaunchRun jobs = new LaunchRun(laptop)) {
      Rates rates = bursts(bare, jobs, meter, sizes.jobs());
      LaunchRun.Steady steady = jobs.steady("steady", PER_SECOND, sizes.steady());
      System.out.println(PER_SECOND + " jobs/s, request to driver created: " + steady.toDriver());
      System.out.println(PER_SECOND + " jobs/s, pod end to result event:   " + steady.toResult());
      int sofar = sizes.jobs() + sizes.jobs() / 2;
      double more = sizes.live() > sofar ? jobs.burst("live", sizes.live() - sofar, TIMEOUT) : 0;
      System.out.printf(
          "%d live jobs: %d MiB now, %d MiB at peak, the last jobs at %.0f jobs/s%n",
          Math.max(sizes.live(), sofar), meter.residentMib(), meter.peakMib(), more);
      return "launch: %.0f jobs/s, bare %.0f jobs/s, submit %.2f jobs/s, ratio bare %.2f, ratio submit %.0f, p50 %d ms, p99 %d ms, end-to-result p50 %d ms, rss %d MiB"
          .formatted(
              rates.firesteel(),
              rates.bare(),
              submit,
              rates.firesteel() / rates.bare(),
              rates.firesteel() / submit,
              steady.toDriver().percentile(50),
              steady.toDriver().percentile(99),
              steady.toResult().percentile(50),
              meter.peakMib());
    }
  }

  /** Jobs per second. */
  private record Rates(double bare, double firesteel) {}

  /** Both by turns, warmed up, so that what else the machine does meets both. */
  private static Rates bursts(BaselineClient bare, LaunchRun jobs, ProcessStats meter, int count)
      throws IOException {
    JsonNode spec =
        SimulatedJobPublisher.request("bare", "bare", SimulatedJobPublisher.plan(3_600_000, 0))
            .path("spec");
    int each = count / ROUNDS;
    int atOnce = bestConcurrency(bare, spec, count / 2 / ROUNDS);
    jobs.burst("warm-up", count / 2, TIMEOUT);
    double bareSeconds = 0;
    double seconds = 0;
    double cpu = 0;
    for (int round = 0; round < ROUNDS; round++) {
      // The flood's pods still tell that they run; it is over once that is worked off.
      jobs.steady("settling-" + round, PER_SECOND, SETTLE_TIME);
      bareSeconds += each / bare.jobsPerSecond("bare-" + round, spec, each, atOnce);
      double cpuBefore = meter.cpuSeconds();
      seconds += each / jobs.burst("flood-" + round, each, TIMEOUT);
      cpu += meter.cpuSeconds() - cpuBefore;
    }
    jobs.steady("settling", PER_SECOND, SETTLE_TIME);
    Rates rates = new Rates(ROUNDS * each / bareSeconds, ROUNDS * each / seconds);
    System.out.printf("bare client, %d concurrent requests: %.0f jobs/s%n", atOnce, rates.bare());
    System.out.printf(
        "firesteel: %.0f jobs/s, %.1f CPU seconds per 1,000 jobs, peak %d MiB%n",
        rates.firesteel(), cpu * 1000 / (ROUNDS * each), meter.peakMib());
    return rates;
  }

  /** How many calls at once make the bare client fastest. */
  private static int bestConcurrency(BaselineClient bare, JsonNode spec, int jobs) {
    bare.jobsPerSecond("bare-warm-up", spec, jobs, 32);
    double fastest = 0;
    int best = 0;
    for (int atOnce : new int[] {8, 32, 64}) {
      double rate = bare.jobsPerSecond("bare-at-once-" + atOnce, spec, jobs, atOnce);
      if (rate > fastest) {
        fastest = rate;
        best = atOnce;
      }
    }
    return best;
  }

  /** Options of the worker's JVM, to profile it or to size its heap. */
  private static Map<String, String> options() {
    String options = System.getProperty("launch.worker");
    return options == null ? Map.of() : Map.of("JDK_JAVA_OPTIONS", options);
  }
}
