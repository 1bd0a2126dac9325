package io.firesteel.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Restarts a worker when it exits, as a Deployment does, and prints why. Closing it leaves the
 * worker as it is.
 */
final class SupervisedWorker implements AutoCloseable {

  private static final Duration SLOW_START = Duration.ofSeconds(30);
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
      Consumer<String> output) {
    this.name = name;
    this.starter = starter;
    this.restartPolicy = restartPolicy;
    this.output = output;
    this.worker = starter.get();
    this.supervisor = Thread.ofVirtual().name("supervises-" + name).unstarted(this::supervise);
  }

  /**
   * Starts the worker and returns when it is ready.
   *
   * @param starter starts the process, also after every exit
   * @param output receives lines for the user, from another thread
   * @throws IllegalStateException if the worker does not become ready; it is not restarted then
   */
  static SupervisedWorker start(
      String name,
      Supplier<WorkerProcess> starter,
      RestartPolicy restartPolicy,
      Consumer<String> output)
      throws InterruptedException {
    SupervisedWorker supervised = new SupervisedWorker(name, starter, restartPolicy, output);
    supervised.awaitReady();
    supervised.supervisor.start();
    return supervised;
  }

  /** The current process, or the last one. */
  WorkerProcess process() {
    return worker;
  }

  private void supervise() {
    try {
      while (restart(worker.awaitExit())) {
        // Waits for the next exit.
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      output.accept("%s cannot restart: %s".formatted(name, e.getMessage()));
    }
  }

  /** Returns false if there is no restart. */
  private boolean restart(int exitCode) throws InterruptedException {
    Optional<Duration> delay = restartPolicy.delayAfterExit(InstantSource.system().instant());
    String exited = exitMessage(name, exitCode, worker.log());
    if (delay.isEmpty()) {
      output.accept(
          "%s It exited %d times within two minutes and does not restart. Read its log, then stop with Ctrl-C and run ./firesteel up again"
              .formatted(exited, restartPolicy.recentExits()));
      return false;
    }
    output.accept("%s It restarts in %d s".formatted(exited, delay.get().toSeconds()));
    Thread.sleep(delay.get());
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

  /** Prints a line if readiness takes long, for example because of invalid definitions. */
  private void awaitReady() throws InterruptedException {
    try {
      worker.awaitReady(SLOW_START);
    } catch (IllegalStateException e) {
      if (!worker.isAlive()) {
        throw e;
      }
      output.accept("%s is not ready yet; see its log: %s".formatted(name, worker.log()));
      worker.awaitReady(START_TIMEOUT);
    }
  }

  private static String exitMessage(String name, int exitCode, Path log) {
    return "%s exited with code %d%s; its log: %s."
        .formatted(name, exitCode, exitCode == 137 ? " (killed)" : "", log);
  }

  /** Stops the supervision. */
  @Override
  public void close() throws InterruptedException {
    supervisor.interrupt();
    supervisor.join();
  }
}
