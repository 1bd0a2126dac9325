package io.firesteel.bench.chaos;

import io.firesteel.bench.chaos.FaultSchedule.Fault;
import io.firesteel.local.Laptop;
import io.firesteel.local.WorkerProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Injects faults into one worker, independently of the others: {@code kill -9}, {@code SIGSTOP}
 * until others have taken over, or an orderly stop. After each fault, the worker restarts or
 * continues. A worker that exits or fails its liveness probe is restarted, as Kubernetes would. One
 * thread.
 */
final class WorkerFaults {

  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(10);

  private final Laptop laptop;
  private final String name;
  private final ChaosPlan plan;
  private final Map<String, String> settings;
  private final FaultSchedule schedule;
  private final FlushCount flushes;
  private final Random random;

  WorkerFaults(
      Laptop laptop,
      String name,
      ChaosPlan plan,
      Map<String, String> settings,
      FaultSchedule schedule,
      FlushCount flushes,
      Random random) {
    this.laptop = laptop;
    this.name = name;
    this.plan = plan;
    this.settings = settings;
    this.schedule = schedule;
    this.flushes = flushes;
    this.random = random;
  }

  /** Injects faults until none is left, then waits until its worker is ready. */
  Void injectAll(WorkerProcess first) throws InterruptedException {
    WorkerProcess worker = first;
    for (Optional<Fault> fault = schedule.next(); fault.isPresent(); fault = schedule.next()) {
      worker = waitRandomTime(worker);
      worker = inject(worker, fault.get());
      schedule.done(fault.get());
    }
    awaitReady(worker);
    return null;
  }

  WorkerProcess start() {
    WorkerProcess worker = laptop.startWorker(name, 0, settings);
    flushes.add(worker);
    return worker;
  }

  /** A third of the moments fall into the worker's start, where it restores and takes over. */
  private WorkerProcess waitRandomTime(WorkerProcess worker) throws InterruptedException {
    WorkerProcess current = random.nextInt(3) > 0 ? awaitReady(worker) : worker;
    current.exitsWithin(Duration.ofMillis(random.nextLong(plan.maxTimeBetweenFaults().toMillis())));
    return current;
  }

  private WorkerProcess inject(WorkerProcess worker, Fault fault) throws InterruptedException {
    switch (fault) {
      case KILL -> worker.kill();
      case FREEZE -> {
        worker.pause();
        worker.exitsWithin(plan.sessionTimeout().plusMillis(500 + random.nextInt(4000)));
        worker.resume();
        return worker;
      }
      default -> worker.close();
    }
    return start();
  }

  /** Waits until the worker or its replacement is ready. */
  private WorkerProcess awaitReady(WorkerProcess first) throws InterruptedException {
    WorkerProcess worker = first;
    long giveUp = System.nanoTime() + READY_WITHIN.toNanos();
    while (true) {
      try {
        worker.awaitReady(PROBE_INTERVAL);
        return worker;
      } catch (IllegalStateException e) {
        if (System.nanoTime() > giveUp) {
          throw e;
        }
        if (!worker.isAlive() || worker.isLivenessDown()) {
          worker.close();
          worker = start();
          schedule.done(Fault.LIVENESS_RESTART);
        }
      }
    }
  }
}
