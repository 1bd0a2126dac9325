package io.firesteel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.faults.PretendJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How fast requests become drivers, beside a bare client of the same API and beside spark-submit.
 * Everything runs on this machine and shares its cores; pods are pretended. The last line is for
 * comparison.
 */
public final class LaunchBench {

  private static final String NAMESPACE = "bench-jobs";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How much is done. */
  private record Sizes(int jobs, int live, int submits, Duration steady) {

    static Sizes read() {
      return new Sizes(
          Integer.getInteger("launch.jobs", 1000),
          Integer.getInteger("launch.live", 10_000),
          Integer.getInteger("launch.submits", 4),
          Duration.parse(System.getProperty("launch.steady", "PT30S")));
    }
  }

  private LaunchBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = LaptopOptions.homeOfThisCheckout();
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
        LaptopOptions.anyPorts(home, data).withDefinitions(definitions, List.of(NAMESPACE));
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
    double bare = bare(api, sizes.jobs());
    Path log = laptop.options().data().resolve("spark-submit.log");
    double submit =
        new SparkSubmits(home.resolve("target/spark-4.1.1"), api, NAMESPACE, log)
            .jobsPerSecond(sizes.submits());
    System.out.printf("spark-submit: %.2f jobs/s, a process each, two at once%n", submit);
    WorkerProcess worker = laptop.startWorker("bench", 0, options());
    worker.awaitReady(Duration.ofMinutes(2));
    ProcessMeter meter = new ProcessMeter(worker.pid());
    try (LaunchRun jobs = new LaunchRun(laptop)) {
      jobs.flood("warm-up", sizes.jobs() / 2, PATIENCE);
      double cpuBefore = meter.cpuSeconds();
      double launched = jobs.flood("flood", sizes.jobs(), PATIENCE);
      double cpu = (meter.cpuSeconds() - cpuBefore) * 1000 / sizes.jobs();
      System.out.printf(
          "firesteel: %.0f jobs/s, %.1f CPU seconds per 1,000 jobs, peak %d MiB%n",
          launched, cpu, meter.peakMib());
      LaunchRun.Steady steady = jobs.steady("steady", 20, sizes.steady());
      System.out.println("20 jobs/s, request to driver created: " + steady.toDriver());
      System.out.println("20 jobs/s, pod end to result event:   " + steady.toResult());
      int sofar = sizes.jobs() + sizes.jobs() / 2;
      double more = sizes.live() > sofar ? jobs.flood("live", sizes.live() - sofar, PATIENCE) : 0;
      System.out.printf(
          "%d live jobs: %d MiB now, %d MiB at most, the last of them at %.0f jobs/s%n",
          Math.max(sizes.live(), sofar), meter.residentMib(), meter.peakMib(), more);
      return "launch: %.0f jobs/s, bare %.0f jobs/s, submit %.2f jobs/s, ratio bare %.2f, ratio submit %.0f, p50 %d ms, p99 %d ms, end-to-result p50 %d ms, rss %d MiB"
          .formatted(
              launched,
              bare,
              submit,
              launched / bare,
              launched / submit,
              steady.toDriver().percentile(50),
              steady.toDriver().percentile(99),
              steady.toResult().percentile(50),
              meter.peakMib());
    }
  }

  /** Options of the worker's JVM, to profile it or to size its heap. */
  private static Map<String, String> options() {
    String options = System.getProperty("launch.worker");
    return options == null ? Map.of() : Map.of("JDK_JAVA_OPTIONS", options);
  }

  /** The best of several parallelisms, warmed up. */
  private static double bare(String api, int jobs) {
    JsonNode spec =
        PretendJobs.request("bare", "bare", PretendJobs.plan(3_600_000, 0)).path("spec");
    try (BareClient client = new BareClient(api, NAMESPACE)) {
      client.jobsPerSecond("bare-warm", spec, jobs / 2, 16);
      double best = 0;
      for (int atOnce : new int[] {8, 32, 64}) {
        double rate = client.jobsPerSecond("bare-" + atOnce, spec, jobs / 2, atOnce);
        System.out.printf("bare client, %d at once: %.0f jobs/s%n", atOnce, rate);
        best = Math.max(best, rate);
      }
      return best;
    }
  }
}
