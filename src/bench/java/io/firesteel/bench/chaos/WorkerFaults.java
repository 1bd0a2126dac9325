package io.firesteel.bench.chaos;

import io.firesteel.local.Laptop;
import io.firesteel.local.WorkerProcess;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Injects faults into one worker, independently of the others: {@code kill -9}, {@code SIGSTOP}
 * until others have taken over, or an orderly stop. After each fault, the worker restarts or
 * continues. One thread; the count is shared.
 */
final class WorkerFaults {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private final Laptop laptop;
  private final String name;
  private final ChaosPlan plan;
  private final AtomicInteger faults;
  private final Random random;

  WorkerFaults(Laptop laptop, String name, ChaosPlan plan, AtomicInteger kills, Random random) {
    this.laptop = laptop;
    this.name = name;
    this.plan = plan;
    this.faults = kills;
    this.random = random;
  }

  /**
   * Injects faults until all workers together have had the planned number; leaves its worker
   * running.
   */
  Void injectAll(WorkerProcess first) throws InterruptedException {
    WorkerProcess worker = first;
    while (faults.incrementAndGet() <= plan.faults()) {
      waitRandomTime(worker);
      worker = inject(worker);
    }
    worker.awaitReady(READY_WITHIN);
    return null;
  }

  WorkerProcess start() {
    return laptop.startWorker(name, 0, plan.settings());
  }

  /** Half of the moments fall into the worker's start, where it restores and takes over. */
  private void waitRandomTime(WorkerProcess worker) throws InterruptedException {
    if (random.nextBoolean()) {
      worker.awaitReady(READY_WITHIN);
    }
    worker.exitsWithin(Duration.ofMillis(random.nextLong(plan.maxTimeBetweenFaults().toMillis())));
  }

  private WorkerProcess inject(WorkerProcess worker) throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> worker.kill();
      case 1 -> {
        worker.pause();
        worker.exitsWithin(plan.sessionTimeout().plusMillis(500 + random.nextInt(4000)));
        worker.resume();
        return worker;
      }
      default -> worker.close();
    }
    return start();
  }
}
