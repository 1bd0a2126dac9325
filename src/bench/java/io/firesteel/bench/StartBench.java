package io.firesteel.bench;

import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.image.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon a worker is ready, and makes the driver of a job that was there before it, with an
 * ahead-of-time cache and without, by turns. Broker and local API server run on the same machine.
 * The last line is for comparison.
 */
public final class StartBench {

  private static final String TENANT = "acme";
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  /** One start; milliseconds since the process began, and of CPU until it was ready. */
  private record Start(long ready, long driver, long cpu) {}

  private StartBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = Integer.getInteger("start.rounds", 5);
    Path home = LaptopOptions.checkoutHome();
    Path data = Files.createTempDirectory(Files.createDirectories(home.resolve("target")), "start");
    Path cache = data.resolve("worker.aot");
    List<Start> plain = new ArrayList<>();
    List<Start> trained = new ArrayList<>();
    try (Laptop laptop = Laptop.start(LaptopOptions.onFreePorts(home, data))) {
      long began = System.nanoTime();
      Training.train(laptop, TENANT, cache);
      System.out.printf(
          "training took %d s, the cache has %d MiB%n",
          Duration.ofNanos(System.nanoTime() - began).toSeconds(), Files.size(cache) >> 20);
      for (int i = 0; i < rounds; i++) {
        plain.add(start(laptop, "plain-" + i, Training.JVM));
        trained.add(start(laptop, "trained-" + i, Training.JVM + " -XX:AOTCache=" + cache));
      }
    }
    print("without cache", plain);
    print("with cache", trained);
    System.out.printf(
        "start: with the cache %.1f times as fast to ready, %.1f times to the first driver, %.1f"
            + " times less CPU (medians of %d, by turns)%n",
        ratio(readies(plain), readies(trained)),
        ratio(drivers(plain), drivers(trained)),
        ratio(cpus(plain), cpus(trained)),
        rounds);
    System.exit(0);
  }

  private static Start start(Laptop laptop, String job, String jvm)
      throws IOException, InterruptedException {
    try (SimulatedJobPublisher requests = new SimulatedJobPublisher(laptop.bootstrapServers());
        AuditLogTail audit = new AuditLogTail(laptop.options().auditLog())) {
      requests.publish(TENANT, job, SimulatedJobPublisher.plan(100, 0));
      requests.flush();
      long began = System.currentTimeMillis();
      try (WorkerProcess worker =
          laptop.startWorker("worker", 0, Map.of("JDK_JAVA_OPTIONS", jvm))) {
        worker.awaitReady(TIMEOUT);
        long ready = System.currentTimeMillis() - began;
        long cpu = worker.cpu().toMillis();
        return new Start(ready, driverOf(job, audit) - began, cpu);
      }
    }
  }

  private static long driverOf(String job, AuditLogTail audit) throws IOException {
    long giveUp = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      var created =
          audit.writes(write ->
              write.verb().equals("create")
                  && write.resource().equals("pods")
                  && write.name().startsWith(job + "-"));
      if (!created.isEmpty()) {
        return created.getFirst().when();
      }
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("no driver was made for " + job);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static void print(String what, List<Start> starts) {
    System.out.printf(
        "%-14s ready %5d ms, first driver %5d ms, CPU until ready %5d ms (medians)%n",
        what,
        readies(starts).percentile(50),
        drivers(starts).percentile(50),
        cpus(starts).percentile(50));
  }

  private static Percentiles readies(List<Start> starts) {
    return Percentiles.of(starts.stream().map(Start::ready).toList());
  }

  private static Percentiles drivers(List<Start> starts) {
    return Percentiles.of(starts.stream().map(Start::driver).toList());
  }

  private static Percentiles cpus(List<Start> starts) {
    return Percentiles.of(starts.stream().map(Start::cpu).toList());
  }

  private static double ratio(Percentiles one, Percentiles other) {
    return (double) one.percentile(50) / Math.max(1, other.percentile(50));
  }
}
