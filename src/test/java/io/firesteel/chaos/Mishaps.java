package io.firesteel.chaos;

import io.firesteel.local.Laptop;
import io.firesteel.local.WorkerProcess;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What befalls one worker, again and again, whatever the others do at that moment: {@code kill -9},
 * {@code SIGSTOP} until others have taken over, or an orderly stop. After each it is started again
 * or goes on. One thread; the count is shared.
 */
final class Mishaps {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private final Laptop laptop;
  private final String name;
  private final ChaosPlan plan;
  private final AtomicInteger kills;
  private final Random random;

  Mishaps(Laptop laptop, String name, ChaosPlan plan, AtomicInteger kills, Random random) {
    this.laptop = laptop;
    this.name = name;
    this.plan = plan;
    this.kills = kills;
    this.random = random;
  }

  /** Goes on until all workers together had as many as planned; leaves its worker running. */
  Void suffer(WorkerProcess first) throws InterruptedException {
    WorkerProcess worker = first;
    while (kills.incrementAndGet() <= plan.kills()) {
      live(worker);
      worker = strike(worker);
    }
    worker.awaitReady(READY_WITHIN);
    return null;
  }

  WorkerProcess start() {
    return laptop.startWorker(name, 0, plan.settings());
  }

  /** Half of the moments fall into the worker's start, where it restores and takes over. */
  private void live(WorkerProcess worker) throws InterruptedException {
    if (random.nextBoolean()) {
      worker.awaitReady(READY_WITHIN);
    }
    worker.endsWithin(Duration.ofMillis(random.nextLong(plan.longestLife().toMillis())));
  }

  private WorkerProcess strike(WorkerProcess worker) throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> worker.kill();
      case 1 -> {
        worker.freeze();
        worker.endsWithin(plan.sessionTimeout().plusMillis(500 + random.nextInt(4000)));
        worker.thaw();
        return worker;
      }
      default -> worker.close();
    }
    return start();
  }
}
