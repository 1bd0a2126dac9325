package io.firesteel.chaos;

import io.firesteel.e2e.Heard;
import io.firesteel.kafka.TestBroker;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.judge.DriverRuns;
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

/** One run of a plan: broker, API server and audit log are real, pods are pretended. */
final class Chaos {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration DONE_WITHIN = Duration.ofMinutes(3);

  private final ChaosPlan plan;
  private final ChaosTenants tenants;
  private final List<ChaosJob> jobs;
  private final AtomicInteger kills = new AtomicInteger();

  Chaos(ChaosPlan plan) {
    this.plan = plan;
    this.tenants = new ChaosTenants(plan.tenants());
    this.jobs = ChaosJob.draw(new Random(plan.seed()), tenants.names(), plan.jobs());
  }

  /** Runs it in a new folder below another and judges. */
  ChaosVerdict run(Path below) throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(below);
    Path folder = Files.createTempDirectory(below, plan.seed() + "-");
    LaptopOptions options =
        LaptopOptions.anyPorts(LaptopOptions.homeOfThisCheckout(), folder)
            .withDefinitions(
                tenants.define(folder.resolve("definitions")), List.of(ChaosTenants.NAMESPACE));
    try (Laptop laptop = Laptop.start(options, TestBroker.start(folder.resolve("kafka")));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return run(laptop, strike(laptop, threads));
    }
  }

  /** Starts the workers and, once all are ready, their mishaps. */
  private List<Future<Void>> strike(Laptop laptop, ExecutorService threads)
      throws InterruptedException {
    List<Mishaps> mishaps = new ArrayList<>();
    List<WorkerProcess> workers = new ArrayList<>();
    for (int i = 1; i <= plan.workers(); i++) {
      Random random = new Random(plan.seed() + i);
      mishaps.add(new Mishaps(laptop, "worker-" + i, plan, kills, random));
      workers.add(mishaps.getLast().start());
    }
    for (WorkerProcess worker : workers) {
      worker.awaitReady(READY_WITHIN);
    }
    List<Future<Void>> struck = new ArrayList<>();
    for (int i = 0; i < plan.workers(); i++) {
      Mishaps own = mishaps.get(i);
      WorkerProcess worker = workers.get(i);
      struck.add(threads.submit(() -> own.suffer(worker)));
    }
    return struck;
  }

  private ChaosVerdict run(Laptop laptop, List<Future<Void>> struck)
      throws InterruptedException, ExecutionException {
    Path audit = laptop.options().auditLog();
    try (Flow flow = new Flow(laptop.bootstrapServers(), jobs, new Random(plan.seed()));
        Heard heard = new Heard(laptop.bootstrapServers())) {
      while (!struck.stream().allMatch(Future::isDone)) {
        flow.upTo(jobs.size() * Math.min(kills.get(), plan.kills()) / plan.kills());
        heard.more();
      }
      for (Future<Void> worker : struck) {
        worker.get();
      }
      flow.finish();
      long giveUp = System.nanoTime() + DONE_WITHIN.toNanos();
      while (!isQuiet(heard, audit) && System.nanoTime() < giveUp) {
        heard.more();
      }
      return ChaosVerdict.of(jobs, tenants.limits(), DriverRuns.read(audit), heard);
    }
  }

  private boolean isQuiet(Heard heard, Path audit) {
    return heard.results().size() >= jobs.size() && DriverRuns.read(audit).live().isEmpty();
  }
}
