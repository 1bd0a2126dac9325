package io.firesteel.bench.chaos;

import io.firesteel.e2e.PublishedEvents;
import io.firesteel.kafka.TestBroker;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.verify.DriverRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a plan with a real broker, API server and audit log, and simulated pods. */
final class ChaosRun {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration DONE_WITHIN = Duration.ofMinutes(3);

  private final ChaosPlan plan;
  private final ChaosTenants tenants;
  private final List<ChaosJob> jobs;
  private final AtomicInteger faults = new AtomicInteger();

  ChaosRun(ChaosPlan plan) {
    this.plan = plan;
    this.tenants = new ChaosTenants(plan.tenants());
    this.jobs = ChaosJob.random(new Random(plan.seed()), tenants.names(), plan.jobs());
  }

  /** Runs the plan in a new folder and checks the outcome. */
  ChaosReport run(Path below) throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(below);
    Path folder = Files.createTempDirectory(below, plan.seed() + "-");
    LaptopOptions options =
        LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder)
            .withDefinitions(
                tenants.define(folder.resolve("definitions")), List.of(ChaosTenants.NAMESPACE));
    try (Laptop laptop = Laptop.start(options, TestBroker.start(folder.resolve("kafka")));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return run(laptop, startFaults(laptop, threads));
    }
  }

  /** Starts the workers and, once all are ready, injects their faults. */
  private List<Future<Void>> startFaults(Laptop laptop, ExecutorService threads)
      throws InterruptedException {
    List<WorkerFaults> workerFaults = new ArrayList<>();
    List<WorkerProcess> workers = new ArrayList<>();
    for (int i = 1; i <= plan.workers(); i++) {
      Random random = new Random(plan.seed() + i);
      workerFaults.add(new WorkerFaults(laptop, "worker-" + i, plan, faults, random));
      workers.add(workerFaults.getLast().start());
    }
    for (WorkerProcess worker : workers) {
      worker.awaitReady(READY_WITHIN);
    }
    List<Future<Void>> injections = new ArrayList<>();
    for (int i = 0; i < plan.workers(); i++) {
      WorkerFaults own = workerFaults.get(i);
      WorkerProcess worker = workers.get(i);
      injections.add(threads.submit(() -> own.injectAll(worker)));
    }
    return injections;
  }

  private ChaosReport run(Laptop laptop, List<Future<Void>> injections)
      throws InterruptedException, ExecutionException {
    Path audit = laptop.options().auditLog();
    try (RequestFlow requestFlow =
            new RequestFlow(laptop.bootstrapServers(), jobs, new Random(plan.seed()));
        PublishedEvents publishedEvents = new PublishedEvents(laptop.bootstrapServers())) {
      while (!injections.stream().allMatch(Future::isDone)) {
        requestFlow.publishUpTo(
            jobs.size() * Math.min(faults.get(), plan.faults()) / plan.faults());
        publishedEvents.poll();
      }
      for (Future<Void> worker : injections) {
        worker.get();
      }
      requestFlow.publishRest();
      long giveUp = System.nanoTime() + DONE_WITHIN.toNanos();
      while (!isSettled(publishedEvents, audit) && System.nanoTime() < giveUp) {
        publishedEvents.poll();
      }
      return ChaosReport.of(jobs, tenants.limits(), DriverRuns.read(audit), publishedEvents);
    }
  }

  private boolean isSettled(PublishedEvents publishedEvents, Path audit) {
    return publishedEvents.results().size() >= jobs.size()
        && DriverRuns.read(audit).live().isEmpty();
  }
}
