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
final class SupervisedWorker implements AutoCloseable {

  private static final Duration USUAL_START = Duration.ofSeconds(30);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

  private final String name;
  private final Supplier<WorkerProcess> starter;
  private final RestartPolicy restartPolicy;
  private final Consumer<String> output;
  private final Thread supervisor;
  private volatile WorkerProcess worker;

  private SupervisedWorker(
      String name,
      Supplier<WorkerProcess> starter,
      RestartPolicy restartPolicy,
      Consumer<String> say) {
    this.name = name;
    this.starter = starter;
    this.restartPolicy = restartPolicy;
    this.output = say;
    this.worker = starter.get();
    this.supervisor = Thread.ofVirtual().name("keeps-" + name).unstarted(this::supervise);
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @param starter starts the process, the first time and each time after
   * @param say is given a line for its user, from another thread
   * @throws IllegalStateException when it does not get ready; it is not started again then
   */
  static SupervisedWorker start(
      String name,
      Supplier<WorkerProcess> starter,
      RestartPolicy restartPolicy,
      Consumer<String> say)
      throws InterruptedException {
    SupervisedWorker kept = new SupervisedWorker(name, starter, restartPolicy, say);
    kept.awaitReady();
    kept.supervisor.start();
    return kept;
  }

  /** The process that is, or was the last. */
  WorkerProcess process() {
    return worker;
  }

  private void supervise() {
    try {
      while (restart(worker.awaitExit())) {
        // It runs, or died again already.
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      output.accept("%s cannot be started again: %s".formatted(name, e.getMessage()));
    }
  }

  /** False when that was the last time. */
  private boolean restart(int exitCode) throws InterruptedException {
    Optional<Duration> pause = restartPolicy.delayAfterExit(InstantSource.system().instant());
    String died = exitMessage(name, exitCode, worker.log());
    if (pause.isEmpty()) {
      output.accept(
          "%s It died %d times within two minutes and is not started again: see its log, then Ctrl-C and ./firesteel up"
              .formatted(died, restartPolicy.recentExits()));
      return false;
    }
    output.accept("%s It is started again in %d s".formatted(died, pause.get().toSeconds()));
    Thread.sleep(pause.get());
    worker = starter.get();
    try {
      awaitReady();
      output.accept(name + " is ready again");
    } catch (IllegalStateException e) {
      if (worker.isAlive()) {
        output.accept(name + ": " + e.getMessage());
      }
    }
    return true;
  }

  /** With a word in between, for one that cannot get ready, such as on wrong definitions, waits. */
  private void awaitReady() throws InterruptedException {
    try {
      worker.awaitReady(USUAL_START);
    } catch (IllegalStateException e) {
      if (!worker.isAlive()) {
        throw e;
      }
      output.accept("%s is not ready yet; its log may say why: %s".formatted(name, worker.log()));
      worker.awaitReady(START_TIMEOUT);
    }
  }

  private static String exitMessage(String name, int exitCode, Path log) {
    return "%s died with exit code %d%s; its log: %s."
        .formatted(name, exitCode, exitCode == 137 ? " (killed)" : "", log);
  }

  /** Whatever becomes of the worker from now on is not told, and not mended. */
  @Override
  public void close() throws InterruptedException {
    supervisor.interrupt();
    supervisor.join();
  }
}
