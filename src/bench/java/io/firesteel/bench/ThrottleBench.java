package io.firesteel.bench;

import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.PublishedResults;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A worker on a crowded node: it runs for 5 ms of each 100 ms, as with a CPU quota of 50m and one
 * busy thread, for a minute or the given seconds. Meanwhile it is probed as the kubelet probes it,
 * and gets a job each second. The second argument is the session timeout.
 */
public final class ThrottleBench {

  private static final String TENANT = "acme";
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration RECOVERY_WITHIN = Duration.ofMinutes(3);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(60);

  /** The quota in the kernel's default period; {@code $0} is the process. */
  private static final String DUTY_CYCLE =
      "while :; do kill -STOP $0; sleep 0.095; kill -CONT $0; sleep 0.005; done";

  private ThrottleBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Duration span = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 60);
    String session = args.length > 1 ? args[1] : "PT30S";
    Path data = Files.createTempDirectory(Path.of("target"), "bench-throttle-");
    LaptopOptions options = LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), data);
    try (Laptop laptop = Laptop.start(options)) {
      WorkerProcess worker =
          laptop.startWorker("worker", 0, Map.of("FIRESTEEL_STREAMS_SESSION_TIMEOUT", session));
      worker.awaitReady(READY_WITHIN);
      run(laptop, worker, span, session);
      worker.close();
    }
    System.exit(0);
  }

  private static void run(Laptop laptop, WorkerProcess worker, Duration span, String session)
      throws IOException, InterruptedException {
    List<Long> live = new ArrayList<>();
    int jobs = 0;
    Process throttle =
        new ProcessBuilder("sh", "-c", DUTY_CYCLE, Long.toString(worker.pid())).start();
    long began = System.nanoTime();
    try (SimulatedJobPublisher requests = new SimulatedJobPublisher(laptop.bootstrapServers());
        PublishedResults results = new PublishedResults(laptop.bootstrapServers())) {
      while (System.nanoTime() - began < span.toNanos()) {
        requests.publish(TENANT, "job-" + jobs++, SimulatedJobPublisher.plan(100, 0));
        live.add(probe(worker));
        TimeUnit.SECONDS.sleep(1);
      }
      throttle.destroy();
      throttle.waitFor();
      worker.resume();
      long resumed = System.nanoTime();
      while (results.byJob().size() < jobs) {
        results.poll();
        if (System.nanoTime() - resumed > RECOVERY_WITHIN.toNanos()) {
          throw new IllegalStateException("not every job ended; see " + worker.log());
        }
      }
      System.out.printf(
          "throttle: %d s at 5 %% of a core, session %s, liveness max %d ms of %d probes, %d lines of"
              + " WARN or ERROR, all %d jobs ended %d ms later, %d of them twice%n",
          span.toSeconds(),
          session,
          live.stream().mapToLong(Long::longValue).max().orElse(0),
          live.size(),
          Files.readAllLines(worker.log()).stream()
              .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
              .count(),
          jobs,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - resumed),
          results.byJob().values().stream().filter(all -> all.size() > 1).count());
    }
  }

  /** How long the liveness probe took, in milliseconds; the timeout if it failed. */
  private static long probe(WorkerProcess worker) throws InterruptedException {
    long began = System.nanoTime();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(worker.http().resolve("/q/health/live"))
              .timeout(PROBE_TIMEOUT)
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 200
          ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)
          : PROBE_TIMEOUT.toMillis();
    } catch (IOException _) {
      return PROBE_TIMEOUT.toMillis();
    }
  }
}
