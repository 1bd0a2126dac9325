package io.firesteel.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.e2e.PublishedEvents;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.kafka.BrokerProcess;
import io.firesteel.local.verify.DriverRuns;
import io.firesteel.local.verify.TopicReader;
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

/** One run of a plan with a real broker, API server and audit log, and simulated pods. */
final class ChaosRun {

  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration PROGRESS_WITHIN = Duration.ofMinutes(3);
  private static final Duration REPUBLISH_INTERVAL = Duration.ofSeconds(3);

  private final ChaosPlan plan;
  private final String jvm;
  private final ChaosTenants tenants;
  private final List<ChaosJob> jobs;
  private final FaultSchedule schedule;
  private final FlushCount flushes = new FlushCount();

  /**
   * What came of it.
   *
   * @param done what was injected
   * @param moves how often a tenant moved to another cohort
   * @param flushes how many memtables RocksDB flushed, at least
   * @param republished how many messages came back as dead letters and were published again
   */
  record Result(
      ChaosReport verdict, FaultSchedule done, long moves, long flushes, int republished) {

    /** The line that the benchmark ends with. */
    String summary() {
      return verdict.summary(done);
    }
  }

  /**
   * @param jvm the options of the workers' JVMs; empty for those of the laptop platform
   */
  ChaosRun(ChaosPlan plan, String jvm) {
    this.plan = plan;
    this.jvm = jvm;
    this.tenants = new ChaosTenants(plan.tenants());
    this.jobs = ChaosJob.random(new Random(plan.seed()), tenants.names(), plan.jobs());
    this.schedule = new FaultSchedule(plan);
  }

  /** Runs the plan in a new folder and checks the outcome. */
  Result run(Path below) throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(below);
    Path folder = Files.createTempDirectory(below, plan.seed() + "-");
    LaptopOptions options =
        LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder)
            .withDefinitions(
                tenants.define(folder.resolve("definitions")), List.of(ChaosTenants.NAMESPACE));
    BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
    try (Laptop laptop = Laptop.start(options, broker);
        DefinitionChanges changes =
            new DefinitionChanges(
                options.definitions(), tenants, plan, schedule, broker.bootstrapServers());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> injections = startWorkers(laptop, threads);
      injections.add(threads.submit(changes::changeAll));
      injections.add(
          threads.submit(
              new BrokerRestarts(broker, plan.brokerRestarts(), schedule, new Random(plan.seed()))
                  ::restartAll));
      injections.add(threads.submit(() -> flushes.watch(() -> schedule.progress() >= 1)));
      return run(laptop, injections, changes);
    }
  }

  /** Starts the workers and, once all are ready, injects their faults. */
  private List<Future<Void>> startWorkers(Laptop laptop, ExecutorService threads)
      throws InterruptedException {
    List<WorkerFaults> workerFaults = new ArrayList<>();
    List<WorkerProcess> workers = new ArrayList<>();
    for (int i = 1; i <= plan.workers(); i++) {
      Random random = new Random(plan.seed() + i);
      var settings = plan.settings(i, jvm);
      workerFaults.add(
          new WorkerFaults(laptop, "worker-" + i, plan, settings, schedule, flushes, random));
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

  private Result run(Laptop laptop, List<Future<Void>> injections, DefinitionChanges changes)
      throws IOException, InterruptedException, ExecutionException {
    try (RequestFlow requestFlow =
            new RequestFlow(laptop.bootstrapServers(), jobs, new Random(plan.seed()));
        PublishedEvents publishedEvents = new PublishedEvents(laptop.bootstrapServers())) {
      Rounds rounds = new Rounds(REPUBLISH_INTERVAL);
      while (!injections.stream().allMatch(Future::isDone)) {
        requestFlow.publishUpTo((int) (jobs.size() * schedule.progress()));
        publishedEvents.poll();
        if (rounds.isDue()) {
          requestFlow.republishDeadLetters(publishedEvents);
        }
      }
      for (Future<Void> injection : injections) {
        injection.get();
      }
      changes.restoreAll();
      requestFlow.publishRest();
      settle(requestFlow, publishedEvents, changes, laptop.options().auditLog());
      LimitHistory limits = limits(laptop.bootstrapServers());
      return new Result(
          ChaosReport.of(
              jobs, limits, DriverRuns.read(laptop.options().auditLog()), publishedEvents),
          schedule,
          limits.moves(),
          flushes.total(),
          requestFlow.republished());
    }
  }

  /** Waits until every job has its result and no driver runs, as long as results arrive. */
  private static void settle(
      RequestFlow requestFlow,
      PublishedEvents publishedEvents,
      DefinitionChanges changes,
      Path audit) {
    Rounds rounds = new Rounds(REPUBLISH_INTERVAL);
    int left = Integer.MAX_VALUE;
    long giveUp = System.nanoTime() + PROGRESS_WITHIN.toNanos();
    boolean settled = false;
    while (!settled && System.nanoTime() < giveUp) {
      publishedEvents.poll();
      if (rounds.isDue()) {
        changes.resumeAll();
        requestFlow.republishDeadLetters(publishedEvents);
        settled = requestFlow.isSettled() && DriverRuns.read(audit).live().isEmpty();
        if (requestFlow.unended() < left) {
          left = requestFlow.unended();
          giveUp = System.nanoTime() + PROGRESS_WITHIN.toNanos();
        }
      }
    }
  }

  private static LimitHistory limits(String bootstrapServers) {
    LimitHistory history = new LimitHistory();
    try (TopicReader inbox = TopicReader.open(bootstrapServers, "firesteel-inbox")) {
      inbox.readAll(record ->
          history.add(
              new LimitHistory.Position(record.partition(), record.offset()),
              new String(record.key(), UTF_8),
              record.timestamp(),
              JsonCodec.read(record.value(), JsonNode.class)));
    }
    return history;
  }

  /** Says when a time has passed again. */
  private static final class Rounds {

    private final Duration interval;
    private long next = System.nanoTime();

    Rounds(Duration interval) {
      this.interval = interval;
    }

    boolean isDue() {
      if (System.nanoTime() < next) {
        return false;
      }
      next = System.nanoTime() + interval.toNanos();
      return true;
    }
  }
}
