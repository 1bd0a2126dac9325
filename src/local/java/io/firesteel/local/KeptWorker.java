package io.firesteel.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A worker that is started again when it dies, as a Deployment would, and whose user is told: which
 * one, how it ended, where its log is and what comes next. Closing it ends that, not the worker.
 */
final class KeptWorker implements AutoCloseable {

  private static final Duration USUALLY_READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private final String name;
  private final Supplier<WorkerProcess> starter;
  private final Restarts restarts;
  private final Consumer<String> say;
  private final Thread keeper;
  private volatile WorkerProcess worker;

  private KeptWorker(
      String name, Supplier<WorkerProcess> starter, Restarts restarts, Consumer<String> say) {
    this.name = name;
    this.starter = starter;
    this.restarts = restarts;
    this.say = say;
    this.worker = starter.get();
    this.keeper = Thread.ofVirtual().name("keeps-" + name).unstarted(this::keep);
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @param starter starts the process, the first time and each time after
   * @param say is given a line for its user, from another thread
   * @throws IllegalStateException when it does not get ready; it is not started again then
   */
  static KeptWorker start(
      String name, Supplier<WorkerProcess> starter, Restarts restarts, Consumer<String> say)
      throws InterruptedException {
    KeptWorker kept = new KeptWorker(name, starter, restarts, say);
    kept.awaitReady();
    kept.keeper.start();
    return kept;
  }

  /** The process that is, or was the last. */
  WorkerProcess process() {
    return worker;
  }

  private void keep() {
    try {
      while (startAgain(worker.awaitEnd())) {
        // It runs, or died again already.
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      say.accept("%s cannot be started again: %s".formatted(name, e.getMessage()));
    }
  }

  /** False when that was the last time. */
  private boolean startAgain(int exitCode) throws InterruptedException {
    Optional<Duration> pause = restarts.afterDeathAt(InstantSource.system().instant());
    String died = died(name, exitCode, worker.log());
    if (pause.isEmpty()) {
      say.accept(
          "%s It died %d times within two minutes and is not started again: see its log, then Ctrl-C and ./firesteel up"
              .formatted(died, restarts.recent()));
      return false;
    }
    say.accept("%s It is started again in %d s".formatted(died, pause.get().toSeconds()));
    Thread.sleep(pause.get());
    worker = starter.get();
    try {
      awaitReady();
      say.accept(name + " is ready again");
    } catch (IllegalStateException e) {
      if (worker.isAlive()) {
        say.accept(name + ": " + e.getMessage());
      }
    }
    return true;
  }

  /** With a word in between, for one that cannot get ready, such as on wrong definitions, waits. */
  private void awaitReady() throws InterruptedException {
    try {
      worker.awaitReady(USUALLY_READY_WITHIN);
    } catch (IllegalStateException e) {
      if (!worker.isAlive()) {
        throw e;
      }
      say.accept("%s is not ready yet; its log may say why: %s".formatted(name, worker.log()));
      worker.awaitReady(READY_WITHIN);
    }
  }

  private static String died(String name, int exitCode, Path log) {
    return "%s died with exit code %d%s; its log: %s."
        .formatted(name, exitCode, exitCode == 137 ? " (killed)" : "", log);
  }

  /** Whatever becomes of the worker from now on is not told, and not mended. */
  @Override
  public void close() throws InterruptedException {
    keeper.interrupt();
    keeper.join();
  }
}
