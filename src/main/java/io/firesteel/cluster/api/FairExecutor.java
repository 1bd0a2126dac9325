package io.firesteel.cluster.api;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a limited number of tasks at once, and lets tenants take turns: a thousand tasks of one
 * tenant do not hold up another tenant's first. Thread-safe; never blocks.
 */
public final class FairExecutor {

  private final Executor threads;
  private final int parallelism;
  private final Map<String, Queue<Runnable>> waiting = new HashMap<>();
  private final Queue<String> tenantQueue = new ArrayDeque<>();
  private int running;

  public FairExecutor(Executor threads, int parallelism) {
    this.threads = threads;
    this.parallelism = parallelism;
  }

  /** Runs the task when it is the tenant's turn. */
  public void submit(String tenant, Runnable task) {
    synchronized (this) {
      if (running == parallelism) {
        enqueue(tenant, task);
        return;
      }
      running++;
    }
    threads.execute(() -> runThenNext(task));
  }

  private void enqueue(String tenant, Runnable task) {
    Queue<Runnable> own = waiting.get(tenant);
    if (own == null) {
      own = new ArrayDeque<>();
      waiting.put(tenant, own);
      tenantQueue.add(tenant);
    }
    own.add(task);
  }

  private void runThenNext(Runnable first) {
    for (Runnable task = first; task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    String tenant = tenantQueue.poll();
    Queue<Runnable> own = tenant == null ? null : waiting.get(tenant);
    Runnable task = own == null ? null : own.poll();
    if (tenant == null || own == null || task == null) {
      running--;
      return null;
    }
    if (own.isEmpty()) {
      waiting.remove(tenant);
    } else {
      tenantQueue.add(tenant);
    }
    return task;
  }
}
