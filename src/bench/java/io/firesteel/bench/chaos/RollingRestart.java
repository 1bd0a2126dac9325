package io.firesteel.bench.chaos;

import io.firesteel.e2e.PublishedEvents;
import io.firesteel.kafka.TestBroker;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.verify.ConcurrencyLimit;
import io.firesteel.local.verify.DriverRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * A rolling restart under a steady load: each worker in turn is ended, started again and waited
 * for. One run.
 *
 * @param orderly by {@code SIGTERM}, as Kubernetes ends a pod; otherwise by {@code kill -9}
 * @param atLeast jobs; there are more if the restart takes longer
 * @param settings of each worker, by its number
 */
record RollingRestart(
    int workers,
    int atLeast,
    boolean orderly,
    long seed,
    IntFunction<Map<String, String>> settings) {

  private static final ChaosTenants TENANTS = new ChaosTenants(4);
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration DONE_WITHIN = Duration.ofMinutes(2);

  /** What {@code k8s/base} gives them. */
  static Map<String, String> deployedSettings(int number) {
    return Map.of(
        "FIRESTEEL_STREAMS_STANDBY_REPLICAS",
        "1",
        "FIRESTEEL_STREAMS_INSTANCE_ID",
        "worker-" + number);
  }

  /** The result. */
  record Report(int workers, ChaosReport verdict, Map<String, Duration> admissionDelays) {

    Duration longestAdmissionDelay() {
      return admissionDelays.values().stream().max(Duration::compareTo).orElseThrow();
    }

    /** The line that the benchmark ends with. */
    String summary() {
      return "rolling: %d workers, %d jobs, %d lost, %d doubled, longest pause %.1f s"
          .formatted(
              workers,
              verdict.jobs(),
              verdict.count(ChaosReport.ViolationKind.LOST),
              verdict.count(ChaosReport.ViolationKind.DUPLICATED),
              longestAdmissionDelay().toMillis() / 1000.0);
    }
  }

  /** Runs the restart in a new folder and checks the outcome. */
  Report run(Path below) throws IOException, InterruptedException, ExecutionException {
    Path folder = Files.createTempDirectory(Files.createDirectories(below), "rolling-");
    LaptopOptions options =
        LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder)
            .withDefinitions(
                TENANTS.define(folder.resolve("definitions")), List.of(ChaosTenants.NAMESPACE));
    try (Laptop laptop = Laptop.start(options, TestBroker.start(folder.resolve("kafka")));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<WorkerProcess> started = new ArrayList<>();
      for (int i = 1; i <= workers; i++) {
        started.add(start(laptop, i));
      }
      for (WorkerProcess worker : started) {
        worker.awaitReady(READY_WITHIN);
      }
      return run(laptop, threads.submit(() -> restartEach(laptop, started)));
    }
  }

  private WorkerProcess start(Laptop laptop, int number) {
    return laptop.startWorker("worker-" + number, 0, settings.apply(number));
  }

  private Void restartEach(Laptop laptop, List<WorkerProcess> started) throws InterruptedException {
    for (int i = 0; i < workers; i++) {
      if (orderly) {
        started.get(i).close();
      } else {
        started.get(i).kill();
      }
      start(laptop, i + 1).awaitReady(READY_WITHIN);
    }
    return null;
  }

  private Report run(Laptop laptop, Future<Void> restarts)
      throws InterruptedException, ExecutionException {
    String kafka = laptop.bootstrapServers();
    try (SteadyLoad load = new SteadyLoad(kafka, TENANTS.names(), new Random(seed));
        PublishedEvents publishedEvents = new PublishedEvents(kafka)) {
      while (load.jobs().size() < atLeast || !restarts.isDone()) {
        publishedEvents.poll();
      }
      load.stop();
      restarts.get();
      long giveUp = System.nanoTime() + DONE_WITHIN.toNanos();
      do {
        publishedEvents.poll();
      } while (publishedEvents.results().size() < load.jobs().size() && System.nanoTime() < giveUp);
      return report(load, DriverRuns.read(laptop.options().auditLog()), publishedEvents);
    }
  }

  private Report report(SteadyLoad load, DriverRuns runs, PublishedEvents publishedEvents) {
    ChaosReport verdict = ChaosReport.of(load.jobs(), TENANTS.limits(), runs, publishedEvents);
    Map<String, Duration> pauses = new HashMap<>();
    for (ConcurrencyLimit concurrencyLimit : TENANTS.limits()) {
      var own = runs.of(Set.copyOf(concurrencyLimit.tenants()));
      var when = load.published(concurrencyLimit.name());
      pauses.put(
          concurrencyLimit.name(), AdmissionDelay.longest(when, own, concurrencyLimit.max()));
    }
    return new Report(workers, verdict, pauses);
  }
}
