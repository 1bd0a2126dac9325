package io.firesteel.local.image;

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
import java.util.Map;

/**
 * Creates an ahead-of-time cache from a run of the worker on the laptop platform, with jobs that
 * succeed, fail and are cancelled. A cache fits one JVM and one build of the worker, so the image
 * build runs this; see docker/worker-jvm.Dockerfile.
 */
public final class Training {

  /** The JVM options of the image; a cache fits only a JVM with the same options. */
  public static final String JVM = "-XX:+UseSerialGC -XX:MaxRAMPercentage=50";

  private static final int JOBS = 40;
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration JOBS_WITHIN = Duration.ofMinutes(3);
  private static final Duration CACHE_WITHIN = Duration.ofMinutes(10);

  private Training() {}

  /** The argument is the cache file to write. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path cache = Path.of(args[0]).toAbsolutePath();
    Path data = Files.createTempDirectory("training");
    LaptopOptions options = LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), data);
    try (Laptop laptop = Laptop.start(options)) {
      train(laptop, "acme", cache);
    }
    System.out.printf("%s: %d MiB%n", cache, Files.size(cache) >> 20);
    System.exit(0);
  }

  /**
   * Runs a worker and writes its cache.
   *
   * @throws IllegalStateException if the jobs do not end in time or the JVM writes no cache
   */
  public static void train(Laptop laptop, String tenant, Path cache)
      throws IOException, InterruptedException {
    WorkerProcess worker =
        laptop.startWorker(
            "training", 0, Map.of("JDK_JAVA_OPTIONS", JVM + " -XX:AOTCacheOutput=" + cache));
    worker.awaitReady(READY_WITHIN);
    work(laptop, tenant);
    for (String page :
        new String[] {"/v1/tenants/" + tenant + "/jobs", "/q/metrics", "/q/health"}) {
      read(worker, page);
    }
    worker.close(CACHE_WITHIN);
    if (!Files.exists(cache)) {
      throw new IllegalStateException("the JVM wrote no cache; see its log " + worker.log());
    }
  }

  private static void work(Laptop laptop, String tenant) {
    try (SimulatedJobPublisher requests = new SimulatedJobPublisher(laptop.bootstrapServers());
        PublishedResults publishedResults = new PublishedResults(laptop.bootstrapServers())) {
      for (int i = 0; i < JOBS; i++) {
        requests.publish(
            tenant, "training-" + i, SimulatedJobPublisher.plan(500, i % 5 == 4 ? 1 : 0));
      }
      requests.cancel(tenant, "training-3");
      requests.flush();
      long deadline = System.nanoTime() + JOBS_WITHIN.toNanos();
      while (publishedResults.byJob().size() < JOBS) {
        publishedResults.poll();
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the training's jobs did not end in time");
        }
      }
    }
  }

  private static void read(WorkerProcess worker, String page)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var _ =
          client.send(
              HttpRequest.newBuilder(worker.http().resolve(page)).build(),
              HttpResponse.BodyHandlers.discarding());
    }
  }
}
