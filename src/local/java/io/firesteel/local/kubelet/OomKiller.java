package io.firesteel.local.kubelet;

import io.firesteel.local.kubelet.process.ContainerProcess;
import io.firesteel.local.kubelet.process.ProcessTable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Kills containers that exceed their memory limit, as the kernel does for a cgroup. It checks a few
 * times per second, so an excess may last a moment.
 */
final class OomKiller implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private record Watched(ContainerProcess process, long limit, LongConsumer onKill) {}

  private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
  private final Thread thread;

  OomKiller() {
    this.thread = Thread.ofPlatform().daemon().name("kubelet-memory").start(this::run);
  }

  /** Calls {@code onKill} with the size of the container in bytes, just before the kill. */
  void watch(ContainerProcess process, long limit, LongConsumer onKill) {
    watched.put(process.id(), new Watched(process, limit, onKill));
  }

  void unwatch(ContainerProcess process) {
    watched.remove(process.id());
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(INTERVAL);
        if (!watched.isEmpty()) {
          ProcessTable.memoryBySession(watched.keySet()).forEach(this::check);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(long session, long held) {
    var container = watched.get(session);
    if (container != null && held > container.limit() && watched.remove(session, container)) {
      container.onKill().accept(held);
      container.process().kill();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
