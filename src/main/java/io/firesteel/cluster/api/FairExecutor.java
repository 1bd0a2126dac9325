package io.firesteel.cluster.api;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on an executor, so much of it at once and no more, and lets tenants take turns: one
 * that brings a thousand pieces does not hold up another's first. Thread-safe; never blocks.
 */
public final class FairExecutor {

  private final Executor threads;
  private final int parallelism;
  private final Map<String, Queue<Runnable>> waiting = new HashMap<>();
  private final Queue<String> tenantQueue = new ArrayDeque<>();
  private int running;

  public FairExecutor(Executor threads, int atOnce) {
    this.threads = threads;
    this.parallelism = atOnce;
  }

  /** Runs the work when it is the tenant's turn. */
  public void submit(String tenant, Runnable work) {
    synchronized (this) {
      if (running == parallelism) {
        enqueue(tenant, work);
        return;
      }
      running++;
    }
    threads.execute(() -> runThenNext(work));
  }

  private void enqueue(String tenant, Runnable work) {
    Queue<Runnable> own = waiting.get(tenant);
    if (own == null) {
      own = new ArrayDeque<>();
      waiting.put(tenant, own);
      tenantQueue.add(tenant);
    }
    own.add(work);
  }

  private void runThenNext(Runnable first) {
    for (Runnable work = first; work != null; work = next()) {
      try {
        work.run();
      } catch (RuntimeException e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    String tenant = tenantQueue.poll();
    Queue<Runnable> own = tenant == null ? null : waiting.get(tenant);
    Runnable work = own == null ? null : own.poll();
    if (tenant == null || own == null || work == null) {
      running--;
      return null;
    }
    if (own.isEmpty()) {
      waiting.remove(tenant);
    } else {
      tenantQueue.add(tenant);
    }
    return work;
  }
}
